-- Neovim (0.7 and later): diagnostics as you type, fixes as code actions, the reason on hover.
--
--	require('wirelint').setup()
--	require('wirelint').setup({ settings = { stage = 'publish' }, filetypes = { 'markdown' }, cmd = { 'wirelint', 'lsp', '--enable' } })
--
-- Put the folder nvim/ on 'runtimepath', or copy lua/wirelint.lua into ~/.config/nvim/lua.  Keys are Neovim's own: vim.lsp.buf.code_action(),
-- vim.lsp.buf.hover(), vim.diagnostic.goto_next().  wirelint-lsp(1) says what can be set.
local M = {}

local defaults = {
  cmd = { 'wirelint', 'lsp' },
  filetypes = { 'text', 'markdown', 'html', 'xml', 'json', 'mail' },
  settings = {},
}

-- The folder that holds a configuration; only names the workspace: the server looks for itself.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  local found = vim.fn.findfile('.wirelint.yaml', vim.fn.escape(folder, ' ,;') .. ';')
  return found ~= '' and vim.fn.fnamemodify(found, ':p:h') or folder
end

function M.setup(options)
  local o = vim.tbl_extend('force', defaults, options or {})
  local clients = {}		-- by root

  local function attach(buffer)
    local path = vim.api.nvim_buf_get_name(buffer)
    if path == '' or vim.bo[buffer].buftype ~= '' then
      return
    end
    local root = root_of(path)
    local config = {
      name = 'wirelint',
      cmd = o.cmd,
      root_dir = root,
      capabilities = vim.lsp.protocol.make_client_capabilities(),
      init_options = o.settings,
      settings = { wirelint = o.settings },
      on_attach = o.on_attach,
    }
    if vim.lsp.start ~= nil then		-- from 0.8 on
      vim.lsp.start(config, { bufnr = buffer })
      return
    end
    if clients[root] == nil or vim.lsp.get_client_by_id(clients[root]) == nil then
      clients[root] = vim.lsp.start_client(config)
    end
    if clients[root] ~= nil then
      vim.lsp.buf_attach_client(buffer, clients[root])
    end
  end

  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('wirelint', {}),
    pattern = o.filetypes,
    callback = function(event) attach(event.buf) end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(o.filetypes, vim.bo[buffer].filetype) then
      attach(buffer)
    end
  end
end

return M
