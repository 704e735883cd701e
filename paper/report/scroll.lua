-- A table scrolls sideways by itself; a reader of the page's structure hears its first heading.
function Table(t)
  local head = pandoc.utils.stringify(t.head.rows[1].cells[1].contents)
  local name = head ~= "" and head or "claim"
  return pandoc.Div(t, pandoc.Attr("", {"scroll"}, {role = "region", tabindex = "0", ["aria-label"] = name}))
end
