import Foundation

/// What is wrong with a document's tags: an end tag without its start, a start
/// without its end, a heading that skips a level, an id that stands twice, or a
/// style or script written into the page.
func faults(inDocument html: String) -> [String] {
    var faults: [String] = []
    var open: [String] = []
    var ids: Set<String> = []
    var lastHeading = 0
    let empties: Set = ["meta", "link", "input", "!doctype"]
    var rest = Substring(html)
    while let start = rest.firstIndex(of: "<") {
        guard let end = rest[start...].firstIndex(of: ">") else {
            faults.append("an unfinished tag: \(rest[start...].prefix(40))")
            break
        }
        let tag = rest[rest.index(after: start)..<end]
        rest = rest[rest.index(after: end)...]
        let name = String(
            tag.prefix { !$0.isWhitespace && $0 != "/" || $0 == "/" && tag.first == "/" })
        if tag.contains("<") { faults.append("a tag in a tag: \(tag)") }
        if name.hasPrefix("/") {
            if open.popLast() != String(name.dropFirst()) { faults.append("unmatched <\(tag)>") }
            continue
        }
        for attribute in [" style=", " onclick=", " onload="] where tag.contains(attribute) {
            faults.append("\(attribute) in <\(tag)>")
        }
        if name == "style" || name == "script" && !tag.contains(" src=") {
            faults.append("inline <\(tag)>")
        }
        if let range = tag.range(of: " id=\"") {
            let id = String(tag[range.upperBound...].prefix { $0 != "\"" })
            if !ids.insert(id).inserted { faults.append("the id \(id) stands twice") }
        }
        if name.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) {
            if level > lastHeading + 1 { faults.append("h\(level) after h\(lastHeading)") }
            lastHeading = level
        }
        if !empties.contains(name), !tag.hasSuffix("/") { open.append(name) }
    }
    faults += open.map { "<\($0)> is never closed" }
    for reference in references(in: html) where !ids.contains(reference) {
        faults.append("nothing has the id \(reference)")
    }
    return faults
}

/// The ids that labels, descriptions and names point to.
private func references(in html: String) -> [String] {
    ["for=\"", "aria-labelledby=\"", "aria-describedby=\"", "href=\"#"].flatMap { key in
        html.components(after: key).flatMap { $0.split(separator: " ").map(String.init) }
    }
}

extension String {
    /// What stands between each `key` and the next quotation mark.
    func components(after key: String) -> [String] {
        var found: [String] = []
        var rest = Substring(self)
        while let range = rest.range(of: key) {
            rest = rest[range.upperBound...]
            found.append(String(rest.prefix { $0 != "\"" }))
        }
        return found
    }
}
