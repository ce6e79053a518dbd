" Vim syntax file: smtpprobe scripts and transcripts
" made by `python -m tests.docs.editors` from smtpprobe/script/highlight/grammar.py
" In ~/.vim/syntax/smtpprobe.vim, with this in ~/.vim/ftdetect/smtpprobe.vim:
"   autocmd BufRead,BufNewFile *.smtp setfiletype smtpprobe

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax sync fromstart


syntax match smtpprobeWire '\v^%(.)@=.*$' contains=smtpprobeWire0,smtpprobeWire1,smtpprobeWire2,smtpprobeWire3
syntax match smtpprobeWire3 '\v\{\{%([^{}]*|[ \t]*"\{\{"[ \t]*)\}\}' contained
syntax match smtpprobeWire2 '\v\<[^<>{}]*\>' contained
syntax match smtpprobeWire1 '\v%([ \t])@<=[A-Za-z0-9-]+[=:]' contained
syntax match smtpprobeWire0 '\v\c^%(EHLO|HELO|LHLO|STARTTLS|AUTH|MAIL|RCPT|DATA|BDAT|BURL|RSET|VRFY|EXPN|HELP|NOOP|QUIT|ETRN|ATRN|TURN|XCLIENT|XFORWARD)%(\S)@!' contained
syntax match smtpprobeServerLine '\v^%([2-5][0-9][0-9]%([ -]|$))@=.*$' contains=smtpprobeServerLine0,smtpprobeServerLine1
syntax match smtpprobeServerLine1 '\v%(^[0-9]{3}[ -])@<=[245]\.[0-9]{1,3}\.[0-9]{1,3}%(\S)@!' contained
syntax match smtpprobeServerLine0 '\v^[2-5][0-9][0-9]' contained
syntax match smtpprobeExact '\v^%(\>)@=.*$' contains=smtpprobeExact0,smtpprobeExact1,smtpprobeExact2,smtpprobeExact3,smtpprobeExact4
syntax match smtpprobeExact4 '\v\{\{%([^{}]*|[ \t]*"\{\{"[ \t]*)\}\}' contained
syntax match smtpprobeExact3 '\v\<[^<>{}]*\>' contained
syntax match smtpprobeExact2 '\v%([ \t])@<=[A-Za-z0-9-]+[=:]' contained
syntax match smtpprobeExact1 '\v\c%(^\> )@<=%(EHLO|HELO|LHLO|STARTTLS|AUTH|MAIL|RCPT|DATA|BDAT|BURL|RSET|VRFY|EXPN|HELP|NOOP|QUIT|ETRN|ATRN|TURN|XCLIENT|XFORWARD)%(\S)@!' contained
syntax match smtpprobeExact0 '\v^\>' contained
syntax match smtpprobeReplyText '\v^%(\|)@=.*$' contains=smtpprobeReplyText0,smtpprobeReplyText1
syntax match smtpprobeReplyText1 '\v\{\{%([^{}]*|[ \t]*"\{\{"[ \t]*)\}\}' contained
syntax match smtpprobeReplyText0 '\v^\|' contained
syntax match smtpprobeExpectation '\v^%(\<)@=.*$' contains=smtpprobeExpectation0,smtpprobeExpectation1,smtpprobeExpectation2,smtpprobeExpectation3,smtpprobeExpectation4,smtpprobeExpectation5,smtpprobeExpectation6,smtpprobeExpectation7,smtpprobeExpectation8,smtpprobeExpectation9,smtpprobeExpectation10
syntax match smtpprobeExpectation10 '\v[<>=!]\=|[<>=|]' contained
syntax match smtpprobeExpectation9 '\v\{\{%([^{}]*|[ \t]*"\{\{"[ \t]*)\}\}' contained
syntax match smtpprobeExpectation8 '\v%([^ \t=])@<![0-9][0-9.]*%(ms|s|m|k|M|G)?%([A-Za-z0-9.])@!' contained
syntax match smtpprobeExpectation7 '\v%(\S)@<![+-][A-Za-z0-9][A-Za-z0-9-]*' contained
syntax match smtpprobeExpectation6 '\v%([^ \t|])@<![245x]\.%([0-9]{1,3}|x)\.%([0-9]{1,3}|x)%([^ \t|])@!' contained
syntax match smtpprobeExpectation5 '\v%([^ \t|])@<![2-5][0-9x][0-9x]%([^ \t|])@!' contained
syntax match smtpprobeExpectation4 '\v%(\S)@<!%(any|eof|none|line|not|for|within)%(\S)@!|%(\S)@<!lines%(\=)@=' contained
syntax match smtpprobeExpectation3 '\v%(\S)@<!/%([^/\\]|\\.)*/?[ismx]*' contained
syntax match smtpprobeExpectation2 '\v%(b64)?"%([^"\\]|\\.)*"?' contained
syntax match smtpprobeExpectation1 '\v%(\S)@<!#.*' contained
syntax match smtpprobeExpectation0 '\v^\<[~?*]?' contained
syntax match smtpprobeLocal '\v^%(:)@=.*$' contains=smtpprobeLocal0,smtpprobeLocal1,smtpprobeLocal2,smtpprobeLocal3,smtpprobeLocal4,smtpprobeLocal5,smtpprobeLocal6,smtpprobeLocal7
syntax match smtpprobeLocal7 '\v[<>=!]\=|[<>=|]' contained
syntax match smtpprobeLocal6 '\v\{\{%([^{}]*|[ \t]*"\{\{"[ \t]*)\}\}' contained
syntax match smtpprobeLocal5 '\v%([^ \t=])@<![0-9][0-9.]*%(ms|s|m|k|M|G)?%([A-Za-z0-9.])@!' contained
syntax match smtpprobeLocal4 '\v%(\S)@<!%(--[a-z][a-z-]*|severity)' contained
syntax match smtpprobeLocal3 '\v%(\S)@<!%(in|every|on|off|not|contains|matches|verify)%(\S)@!' contained
syntax match smtpprobeLocal2 '\v%(\S)@<!/%([^/\\]|\\.)*/?[ismx]*' contained
syntax match smtpprobeLocal1 '\v%(b64)?"%([^"\\]|\\.)*"?' contained
syntax match smtpprobeLocal0 '\v^:[a-z0-9]*!?' contained
syntax match smtpprobeComment '\v^%(#)@=.*$'
syntax match smtpprobeBody0 '\v\{\{%([^{}]*|[ \t]*"\{\{"[ \t]*)\}\}' contained
syntax region smtpprobeBody start='^' matchgroup=smtpprobeMarker end='^\.$' contained
    \ contains=smtpprobeBody0
syntax match smtpprobeRefused '\v^%(354%([ -]|$)|\<\~?[ \t]+%(any%(\S)@!|line[ \t]+"354|%([^ \t|]+\|)*3[5x][4x]%([^ \t|])@!|not[ \t]+%(%([^ \t|]+\|)*3[5x][4x]%([^ \t|])@!)@!))@!%(\<[~?* \t]|[2-5][0-9][0-9]%([ -]|$)).*$' contained contains=@smtpprobeExpected
syntax match smtpprobeAsked '\v^%(354%([ -]|$)|\<\~?[ \t]+%(any%(\S)@!|line[ \t]+"354|%([^ \t|]+\|)*3[5x][4x]%([^ \t|])@!|not[ \t]+%(%([^ \t|]+\|)*3[5x][4x]%([^ \t|])@!)@!)).*$' contained contains=@smtpprobeExpected
    \ nextgroup=smtpprobeBody skipnl
syntax match smtpprobeData '\v\c^DATA[ \t]*$' skipnl
    \ nextgroup=smtpprobeBody,smtpprobeRefused,smtpprobeAsked
syntax cluster smtpprobeExpected contains=smtpprobeExpectation0,smtpprobeExpectation1,smtpprobeExpectation2,smtpprobeExpectation3,smtpprobeExpectation4,smtpprobeExpectation5,smtpprobeExpectation6,smtpprobeExpectation7,smtpprobeExpectation8,smtpprobeExpectation9,smtpprobeExpectation10,smtpprobeServerLine0,smtpprobeServerLine1

highlight default link smtpprobeData Statement
highlight default link smtpprobeMarker Delimiter
highlight default link smtpprobeBody String
highlight default link smtpprobeComment Comment
highlight default link smtpprobeLocal Normal
highlight default link smtpprobeLocal0 PreProc
highlight default link smtpprobeLocal1 String
highlight default link smtpprobeLocal2 String
highlight default link smtpprobeLocal3 Operator
highlight default link smtpprobeLocal4 Type
highlight default link smtpprobeLocal5 Number
highlight default link smtpprobeLocal6 Identifier
highlight default link smtpprobeLocal7 Operator
highlight default link smtpprobeExpectation Normal
highlight default link smtpprobeExpectation0 Delimiter
highlight default link smtpprobeExpectation1 Comment
highlight default link smtpprobeExpectation2 String
highlight default link smtpprobeExpectation3 String
highlight default link smtpprobeExpectation4 Operator
highlight default link smtpprobeExpectation5 Number
highlight default link smtpprobeExpectation6 Float
highlight default link smtpprobeExpectation7 Constant
highlight default link smtpprobeExpectation8 Number
highlight default link smtpprobeExpectation9 Identifier
highlight default link smtpprobeExpectation10 Operator
highlight default link smtpprobeReplyText Special
highlight default link smtpprobeReplyText0 Delimiter
highlight default link smtpprobeReplyText1 Identifier
highlight default link smtpprobeExact Normal
highlight default link smtpprobeExact0 Delimiter
highlight default link smtpprobeExact1 Statement
highlight default link smtpprobeExact2 Type
highlight default link smtpprobeExact3 Directory
highlight default link smtpprobeExact4 Identifier
highlight default link smtpprobeServerLine Special
highlight default link smtpprobeServerLine0 Number
highlight default link smtpprobeServerLine1 Float
highlight default link smtpprobeWire Normal
highlight default link smtpprobeWire0 Statement
highlight default link smtpprobeWire1 Type
highlight default link smtpprobeWire2 Directory
highlight default link smtpprobeWire3 Identifier
highlight default link smtpprobeBody0 Identifier

let b:current_syntax = "smtpprobe"
