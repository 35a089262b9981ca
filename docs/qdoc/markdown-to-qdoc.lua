-- SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
-- SPDX-License-Identifier: BSD-3-Clause

-- A writer for pandoc that makes a page of qdoc from Markdown as code hosts show it. The environment has
--   PAGE    the name of the page, such as "reliability"
--   GROUP   the group that lists it
--   PAGES   the names and titles of all pages, as "reliability=Reliability|performance=Performance": a link
--           to another file becomes plain text

local page = os.getenv("PAGE")
local pages = {}
for name, text in (os.getenv("PAGES") or ""):gmatch("([^|=]+)=([^|]*)") do
  pages[name] = text
end
local title, brief

-- The text is inside of a comment. A backslash begins a command, and braces its argument.
local function escaped(text)
  return (text:gsub("[\\{}]", "\\%0"):gsub("%*/", "*\\unicode{0x2F}"))
end

local function plain(text)
  text = text:gsub("\\l%b{}{(.-)}", "%1")
  return (text:gsub("\\c{(.-[^\\])}", "%1"):gsub("\\[a-z]+{", ""):gsub("([^\\])}", "%1"))
end

function Doc(body)
  local head = { "/*!", "\\page " .. page .. ".html", "\\title " .. (title or page) }
  if os.getenv("GROUP") then
    table.insert(head, "\\ingroup " .. os.getenv("GROUP"))
  end
  if brief then
    table.insert(head, "\\brief " .. brief)
  end
  return table.concat(head, "\n") .. "\n\n" .. body .. "\n*/\n"
end

function Blocksep()
  return "\n\n"
end

function Str(text)
  return escaped(text)
end

function Space()
  return " "
end

function SoftBreak()
  return "\n"
end

function LineBreak()
  return "\\br\n"
end

function Emph(text)
  return "\\e{" .. text .. "}"
end

function Strong(text)
  return "\\b{" .. text .. "}"
end

function Strikeout(text)
  return text
end

function Superscript(text)
  return "\\sup{" .. text .. "}"
end

function Subscript(text)
  return "\\sub{" .. text .. "}"
end

function SingleQuoted(text)
  return "'" .. text .. "'"
end

function DoubleQuoted(text)
  return '"' .. text .. '"'
end

-- The argument of a command ends with the brace that matches, so other code has no font of its own.
function Code(text)
  if text:find("*/", 1, true) or text:match("\\$") or ("{" .. text .. "}"):match("^%b{}$") == nil then
    return escaped(text)
  end
  return "\\c{" .. text .. "}"
end

function Note(text)
  return " (" .. text .. ")"
end

function Span(text)
  return text
end

-- HTML, such as the statement of the licence and anchors.
function RawInline()
  return ""
end

function RawBlock()
  return ""
end

function Link(text, target)
  if target:match("^https?://") or target:match("^mailto:") then
    return "\\l{" .. target .. "}{" .. text .. "}"
  end
  local file, section = target:match("^([^#]*)#?(.*)$")
  local name = file == "" and page or file:match("([^/]+)%.md$")
  if name == "README" then
    return "\\l{index.html}{" .. text .. "}"
  end
  if not name or not pages[name] then
    return text
  end
  if text:match("%.md$") then
    text = pages[name]
  end
  return "\\l{" .. (section ~= "" and name .. "-" .. section or name .. ".html") .. "}{" .. text .. "}"
end

function Image(text, source)
  return "\\inlineimage " .. source:match("([^/]+)$") .. " " .. text:gsub("\n", " ")
end

function CaptionedImage(source, _, text)
  return "\\image " .. source:match("([^/]+)$") .. " " .. text:gsub("\n", " ")
end

function Plain(text)
  return text
end

function Para(text)
  if text:match("^\\inlineimage [^\n]*$") then
    return "\\image" .. text:match("^\\inlineimage(.*)$")
  end
  -- The first sentence describes the page in lists.
  if title and not brief then
    local sentence = text:gsub("\n", " "):match("^(.-%.)%f[%s%z]")
    brief = sentence and plain(sentence) or nil
    brief = brief or ""
  end
  return text
end

function Header(level, text)
  if level == 1 and not title then
    title = plain(text)
    return ""
  end
  brief = brief or ""
  -- As code hosts name it, for links.
  local name = plain(text):lower():gsub("[^%w%s_-]", ""):gsub("%s", "-")
  return "\\target " .. page .. "-" .. name .. "\n\\section" .. math.max(1, level - 1) .. " " .. plain(text)
end

function BlockQuote(text)
  return "\\quotation\n" .. text .. "\n\\endquotation"
end

function HorizontalRule()
  return "\\hr"
end

function LineBlock(lines)
  return table.concat(lines, "\\br\n")
end

-- One object, with what qdoc's parser of QML needs. A part of an object is shown without colours.
local function isQmlObject(code)
  local objects = 0
  for line in (code .. "\n"):gmatch("(.-)\n") do
    if line:match("^[%w.]+ {") then
      objects = objects + 1
    elseif not (line == "" or line:match("^[%s}]") or line:match("^import ")
                or line:match("^pragma ") or line:match("^//")) then
      return false
    end
  end
  return objects == 1
end

function CodeBlock(code, attributes)
  local language = attributes.class or ""
  local command, ending = "\\badcode", "\\endcode"
  if language == "cpp" or language == "c++" then
    command = "\\code"
  elseif language == "qml" and isQmlObject(code) then
    command, ending = "\\qml", "\\endqml"
  end
  code = code:gsub("%*/", "* /")
  return command .. "\n" .. code .. "\n" .. ending
end

local function list(items, style)
  local lines = { "\\list" .. style }
  for _, item in ipairs(items) do
    table.insert(lines, "\\li " .. item)
  end
  table.insert(lines, "\\endlist")
  return table.concat(lines, "\n")
end

function BulletList(items)
  return list(items, "")
end

function OrderedList(items)
  return list(items, " 1")
end

function DefinitionList(items)
  local lines = {}
  for _, item in ipairs(items) do
    for term, definitions in pairs(item) do
      table.insert(lines, "\\b{" .. term .. "} " .. table.concat(definitions, "\n\n"))
    end
  end
  return table.concat(lines, "\n\n")
end

function Table(_, _, _, headers, rows)
  local lines = { "\\table" }
  local function cells(command, row)
    table.insert(lines, command .. " \\li " .. table.concat(row, "\n\\li "))
  end
  cells("\\header", headers)
  for _, row in ipairs(rows) do
    cells("\\row", row)
  end
  table.insert(lines, "\\endtable")
  return table.concat(lines, "\n")
end

function Div(text)
  return text
end
