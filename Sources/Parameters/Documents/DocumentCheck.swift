import Yams

/// Compares a node with the rule for its place and collects what does not fit.
struct DocumentCheck {
    var problems: FileProblemList

    mutating func check(_ node: Node, _ rule: ValueRule, _ path: String) {
        switch rule {
        case .object(let fields): checkObject(node, fields, path)
        case .list(let item): checkList(node, item, path)
        case .mapping:
            if node.mapping == nil { problems.add(.expectedMapping, at: node, path) }
        default:
            guard let text = node.scalar?.string, !text.isEmpty else {
                return problems.add(.expectedText, at: node, path)
            }
            checkScalar(text, node, rule, path)
        }
    }

    private mutating func checkObject(_ node: Node, _ fields: [FieldRule], _ path: String) {
        guard let mapping = node.mapping else {
            return problems.add(
                .expectedMapping, at: node, path, ["accepted": list(fields.map(\.key))])
        }
        for (key, value) in mapping {
            let name = key.string ?? ""
            if let field = fields.first(where: { $0.key == name }) {
                check(value, field.rule, path.isEmpty ? name : "\(path).\(name)")
            } else {
                problems.add(
                    .unknownKey, at: key, path, suggesting(name, among: fields.map(\.key)))
            }
        }
        for field in fields where field.isRequired && mapping[field.key] == nil {
            problems.add(.missingKey, at: node, path, ["key": field.key])
        }
    }

    private mutating func checkList(_ node: Node, _ item: ValueRule, _ path: String) {
        guard let sequence = node.sequence else {
            return problems.add(.expectedList, at: node, path)
        }
        if sequence.isEmpty { problems.add(.emptyList, at: node, path) }
        for (index, inner) in sequence.enumerated() { check(inner, item, "\(path)[\(index)]") }
    }

    private mutating func checkScalar(
        _ text: String, _ node: Node, _ rule: ValueRule, _ path: String
    ) {
        switch rule {
        case .word(let words, let problem) where !words.contains(text):
            problems.add(problem, at: node, path, suggesting(text, among: words))
        case .identifier where !ScalarForms.isIdentifier(text):
            problems.add(.notAnIdentifier, at: node, path)
        case .integer(let range):
            guard let value = ScalarForms.integer(text) else {
                return problems.add(.notANumber, at: node, path)
            }
            if !range.contains(value) {
                problems.add(
                    .outOfRange, at: node, path,
                    ["low": "\(range.lowerBound)", "high": "\(range.upperBound)"])
            }
        case .number where ScalarForms.number(text) == nil:
            problems.add(.notANumber, at: node, path)
        case .form(let form) where !form.isWritten(text):
            let last = text.split(separator: " ").last.map(String.init) ?? ""
            problems.add(
                form.problem, at: node, path,
                form.accepted.isEmpty ? [:] : suggesting(last, among: form.accepted))
        default: break
        }
    }

    private func list(_ words: [String]) -> String { words.joined(separator: ", ") }

    private func suggesting(_ text: String, among words: [String]) -> [String: String] {
        var arguments = ["accepted": list(words)]
        arguments["suggestion"] = ScalarForms.nearest(to: text, among: words)
        return arguments
    }
}
