#include "fix/fix_apply.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct placed { const struct edit *edit; size_t order; };
struct taken {
	struct placed *v;
	size_t n, cap;
	unsigned char *touched;		/* a bit for each place between two bytes of the file, and for its ends */
};

static bool
is_touched(const struct taken *t, uint32_t at)
{
	return t->touched[at / 8] >> at % 8 & 1;
}

static int
by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->edit->at.a != y->edit->at.a)
		return x->edit->at.a < y->edit->at.a ? -1 : 1;
	if (x->edit->at.z != y->edit->at.z)
		return x->edit->at.z < y->edit->at.z ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* All edits of a fix, or none where one of them meets another fix: edits that only touch may belong to one word, and wait too. */
static bool
take(struct taken *t, const struct fix *f, size_t len)
{
	for (size_t i = 0; i < f->nedits; i++) {
		if (f->edits[i].at.a > f->edits[i].at.z || f->edits[i].at.z > len || (i != 0 && f->edits[i].at.a < f->edits[i - 1].at.z))
			return false;
		for (uint32_t k = f->edits[i].at.a; k <= f->edits[i].at.z; k++)
			if (is_touched(t, k))
				return false;
	}
	for (size_t i = 0; i < f->nedits; i++) {
		for (uint32_t k = f->edits[i].at.a; k <= f->edits[i].at.z; k++)
			t->touched[k / 8] |= (unsigned char)(1u << k % 8);
		XPUSH(t->v, t->n, t->cap) = (struct placed){ &f->edits[i], t->n };
	}
	return true;
}

/* ---- places that are kept ---- */

static bool
is_kept(const struct kept *kept, const struct finding *f)
{
	for (size_t i = 0; i < kept->n; i++)
		if (kept->v[i].at.a == f->at.a && kept->v[i].at.z == f->at.z && strcmp(kept->v[i].rule, f->rule) == 0)
			return true;
	return false;
}

/* An end of a place behind an edit moves with it; one inside of what is replaced goes to the end of what replaces it. */
struct moving { uint32_t at; uint32_t *to; };

static int
by_offset(const void *a, const void *b)
{
	const struct moving *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static struct moving *
offsets(struct kept *kept)
{
	struct moving *m = xcalloc(2 * kept->n + 1, sizeof *m);

	for (size_t i = 0; i < kept->n; i++) {
		m[2 * i] = (struct moving){ kept->v[i].at.a, &kept->v[i].at.a };
		m[2 * i + 1] = (struct moving){ kept->v[i].at.z, &kept->v[i].at.z };
	}
	if (kept->n != 0)
		qsort(m, 2 * kept->n, sizeof *m, by_offset);
	return m;
}

/* ---- the bytes ---- */

bool
fix_may(const struct finding *f, bool unsafe, const struct kept *kept)
{
	return f->nfixes != 0 && !f->fatal && (f->fixes[0].class == FIX_SAFE || (unsafe && f->fixes[0].class == FIX_UNSAFE)) &&
	    !is_kept(kept, f);
}

static bool
can_write(const struct source *src, const struct fix *f, unsigned *strange)
{
	struct buf scratch = BUF_INIT;
	bool ok = true;

	for (size_t i = 0; ok && i < f->nedits; i++)
		ok = encoding_put(&scratch, src->encoding, f->edits[i].text, strlen(f->edits[i].text), strange);
	buf_release(&scratch);
	return ok;
}

static void
write_all(const struct source *src, struct taken *t, struct kept *kept, struct buf *out)
{
	struct moving *ends = offsets(kept);
	size_t at = 0, base = out->n, k = 0, nends = 2 * kept->n;
	unsigned strange;

	if (t->n != 0)
		qsort(t->v, t->n, sizeof *t->v, by_place);
	for (size_t i = 0; i < t->n; i++) {
		const struct edit *e = t->v[i].edit;

		for (; k < nends && ends[k].at <= e->at.a; k++)
			*ends[k].to = (uint32_t)(out->n - base + ends[k].at - at);
		buf_add(out, src->raw + at, e->at.a - at);
		encoding_put(out, src->encoding, e->text, strlen(e->text), &strange);
		at = e->at.z;
		for (; k < nends && ends[k].at < at; k++)
			*ends[k].to = (uint32_t)(out->n - base);
	}
	for (; k < nends; k++)
		*ends[k].to = (uint32_t)(out->n - base + ends[k].at - at);
	buf_add(out, src->raw + at, src->raw_len - at);
	free(ends);
}

size_t
fix_apply(const struct source *src, const struct finding_list *l, bool unsafe, struct kept *kept, struct buf *out, unsigned *strange,
    const struct finding **by)
{
	struct taken t = { .touched = NULL };
	size_t n = 0;

	*by = NULL;
	/* first those of one place: what they go by is near, and a fix that goes through the whole file might take it away */
	for (size_t i = 0; i < 2 * l->n; i++) {
		const struct finding *f = &l->v[i % l->n];

		if (!fix_may(f, unsafe, kept) || (f->fixes[0].nedits > 1) != (i >= l->n))
			continue;
		if (!can_write(src, f->fixes, strange)) {
			*by = f;
			n = 0;
			break;
		}
		if (t.touched == NULL)
			t.touched = xcalloc(src->raw_len / 8 + 1, 1);
		n += take(&t, f->fixes, src->raw_len);
	}
	if (n != 0)
		write_all(src, &t, kept, out);
	free(t.v);
	free(t.touched);
	return n;
}
