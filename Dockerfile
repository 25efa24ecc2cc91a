# wirelint in a container: `docker build -t wirelint .`, then `docker run --rm -v "$PWD:/src" wirelint check stories`.
# The hook wirelint-docker of .pre-commit-hooks.yaml is this image.
FROM debian:bookworm-slim AS build
COPY . /build
WORKDIR /build
RUN apt-get update && ./bootstrap --prefix=/usr && make install DESTDIR=/out

FROM debian:bookworm-slim
RUN apt-get update \
	&& apt-get install -y --no-install-recommends libxml2 libpcre2-8-0 libutf8proc2 libmd4c0 libfyaml0 \
	&& rm -rf /var/lib/apt/lists/*
COPY --from=build /out/usr/bin /usr/bin
COPY --from=build /out/usr/share/wirelint /usr/share/wirelint
RUN wirelint --version
WORKDIR /src
ENTRYPOINT ["wirelint"]
CMD ["--help"]
