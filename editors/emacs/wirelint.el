;;; wirelint.el --- check wire copy as it is written  -*- lexical-binding: t -*-

;; Put this file on `load-path', then:
;;
;;	(require 'wirelint)
;;	(add-hook 'text-mode-hook #'wirelint-flymake)	; findings as you type
;;
;; The language server, which mends as well (`eglot-code-actions'), in place of the hook; eglot is part of Emacs from 29 on:
;;
;;	(with-eval-after-load 'eglot
;;	  (add-to-list 'eglot-server-programs '((text-mode markdown-mode html-mode nxml-mode) "wirelint" "lsp")))
;;	(add-hook 'text-mode-hook #'eglot-ensure)
;;
;; `M-x compile RET wirelint FILE' needs only the first line: `next-error' goes from finding to finding.

;;; Code:

(require 'compile)
(require 'flymake)

(defgroup wirelint nil "Editorial policy checks." :group 'tools)

(defcustom wirelint-program "wirelint" "The program." :type 'string)

(defcustom wirelint-options '("--stage=draft") "Options beside those that this file needs." :type '(repeat string))

(defconst wirelint-line "^\\([^:\n]+\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:\\(error\\)\\|\\(warning\\)\\|\\(note\\)\\): \\(.*\\)$"
  "A finding, or a note of the finding above it: path, line, column, severity, message.")

(add-to-list 'compilation-error-regexp-alist-alist
             `(wirelint ,wirelint-line 1 2 3 (5 . 6)))
(add-to-list 'compilation-error-regexp-alist 'wirelint)

(defvar-local wirelint--process nil)

(defun wirelint--diagnostics (source output)
  "Diagnostics of the buffer SOURCE for the lines in the buffer OUTPUT."
  (let (found)
    (with-current-buffer output
      (goto-char (point-min))
      (while (re-search-forward wirelint-line nil t)
        (let* ((line (string-to-number (match-string 2)))
               (column (string-to-number (match-string 3)))
               (type (cond ((match-string 4) :error) ((match-string 5) :warning) (t :note)))
               (text (match-string 7)))
          ;; a note without a rule shows a place of the finding above it, and is no finding
          (when (string-match-p "\\[[a-z0-9-]+/[a-z0-9-]+\\]\\'" text)
            (push (list line column type text) found)))))
    (with-current-buffer source
      (save-excursion
        (mapcar (lambda (f)
                  (goto-char (point-min))
                  (forward-line (1- (nth 0 f)))
                  (forward-char (min (1- (nth 1 f)) (- (line-end-position) (point))))
                  (let ((beg (point)))
                    (forward-word 1)
                    (flymake-make-diagnostic source beg (max (point) (min (1+ beg) (point-max))) (nth 2 f) (nth 3 f))))
                (nreverse found))))))

(defun wirelint-flymake-backend (report-fn &rest _args)
  "Check the buffer as it stands and give what is found to REPORT-FN."
  (unless (executable-find wirelint-program)
    (error "Cannot find %s" wirelint-program))
  (when (process-live-p wirelint--process)
    (kill-process wirelint--process))
  (let ((source (current-buffer))
        (name (or buffer-file-name (buffer-name))))
    (save-restriction
      (widen)
      (setq wirelint--process
            (make-process
             :name "wirelint" :noquery t :connection-type 'pipe
             :buffer (generate-new-buffer " *wirelint*")
             :stderr (get-buffer-create " *wirelint errors*")
             :coding 'utf-8-unix
             :command `(,wirelint-program "--format=gcc" "--column-unit=char" "--quiet" ,@wirelint-options
                        ,(concat "--stdin-filename=" name) "-")
             :sentinel
             (lambda (process _event)
               (when (memq (process-status process) '(exit signal))
                 (unwind-protect
                     (when (and (buffer-live-p source)
                                (with-current-buffer source (eq process wirelint--process)))
                       (if (memq (process-exit-status process) '(0 1))
                           (funcall report-fn (wirelint--diagnostics source (process-buffer process)))
                         (funcall report-fn nil)))
                   (kill-buffer (process-buffer process)))))))
      (process-send-region wirelint--process (point-min) (point-max))
      (process-send-eof wirelint--process))))

;;;###autoload
(defun wirelint-flymake ()
  "Check this buffer by wirelint as it is written."
  (interactive)
  (add-hook 'flymake-diagnostic-functions #'wirelint-flymake-backend nil t)
  (flymake-mode 1))

(provide 'wirelint)
;;; wirelint.el ends here
