/// The targets that Package.swift declares, read as text: asking SwiftPM would
/// wait for the build that runs this test.
struct Manifest {
    struct Target {
        var name: String
        var isTest: Bool
        /// Names of other targets.
        var rooms: [String]
        /// The manifest's names of library products, such as `grdb`.
        var libraries: [String]
    }

    var targets: [Target] = []
    /// Library constants and the product each stands for: `grdb` is `GRDB`.
    var products: [String: String] = [:]
    /// The system libraries, which are targets in the manifest but not rooms, and
    /// what stands between C++ ones and the rooms.
    var systemLibraries: Set<String> = []

    init(_ source: String) {
        let text = source.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.trimmed.hasPrefix("//") }.joined(separator: "\n")
        for piece in text.components(between: "let ", and: "= Target.Dependency.product(") {
            products[piece.before.trimmed] = piece.arguments.quoted.first
        }
        guard let start = text.lastRange(of: "targets: [") else { return }
        let list = String(text[start.upperBound...])
        for call in list.calls(of: "systemLibrary") {
            if let name = call.quoted.first { systemLibraries.insert(name) }
        }
        for call in list.calls(of: "target") {
            if let name = call.quoted.first { systemLibraries.insert(name) }
        }
        for call in list.calls(of: "room") { add(call, isTest: false) }
        for call in list.calls(of: "tests") { add(call, isTest: true) }
        // What stands outside Sources measures the house and is no room of it.
        for call in list.calls(of: "executableTarget")
        where !call.quoted.contains(where: {
            $0.hasPrefix("bench/")
        }) {
            add(call, isTest: false)
        }
    }

    private mutating func add(_ call: String, isTest: Bool) {
        guard let name = call.quoted.first else { return }
        let words = call.withoutQuoted.words.filter { products[$0] != nil }
        let rooms = call.beforeResources.quoted.dropFirst()
        targets.append(
            Target(
                name: isTest ? "\(name)Tests" : name, isTest: isTest, rooms: Array(rooms),
                libraries: words))
    }
}

extension String {
    /// The arguments of every call of `function` in this text, found by its
    /// balanced parentheses.
    fileprivate func calls(of function: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: "\(function)(") {
            let isWhole = range.lowerBound == startIndex || !self[..<range.lowerBound].endsInAWord
            rest = rest[range.upperBound...]
            if isWhole { found.append(rest.upToClosingParenthesis) }
        }
        return found
    }

    fileprivate func components(
        between opening: String, and closing: String
    ) -> [(before: Substring, arguments: String)] {
        var found: [(before: Substring, arguments: String)] = []
        var rest = self[...]
        while let end = rest.firstRange(of: closing) {
            if let start = rest[..<end.lowerBound].lastRange(of: opening) {
                let arguments = rest[end.upperBound...].upToClosingParenthesis
                found.append((rest[start.upperBound..<end.lowerBound], arguments))
            }
            rest = rest[end.upperBound...]
        }
        return found
    }

    fileprivate var beforeResources: String {
        firstRange(of: "resources:").map { String(self[..<$0.lowerBound]) } ?? self
    }

    /// The texts that stand in quotation marks.
    fileprivate var quoted: [String] {
        split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    fileprivate var withoutQuoted: String {
        split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined(separator: " ")
    }

    fileprivate var words: [String] {
        split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }
}

extension StringProtocol {
    fileprivate var endsInAWord: Bool {
        last.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }

    fileprivate var upToClosingParenthesis: String {
        var depth = 1
        return String(
            prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0
            })
    }

    fileprivate func lastRange(of text: String) -> Range<Index>? {
        ranges(of: text).last
    }
}
