import Yams

/// Collects the problems of one file while it is read.
public struct FileProblemList: Sendable {
    public let file: String
    public private(set) var all: [FileProblem] = []

    public init(file: String) { self.file = file }

    public mutating func add(
        _ problem: FileProblem.Kind, at node: Node?, _ path: String,
        _ arguments: [String: String] = [:]
    ) {
        all.append(
            FileProblem(
                file: file, line: node?.mark?.line ?? 0, column: node?.mark?.column ?? 0,
                path: path, found: FileProblemList.shown(node), problem: problem,
                arguments: arguments))
    }

    public mutating func add(
        _ problem: FileProblem.Kind, at place: DocumentPlace, _ arguments: [String: String] = [:]
    ) {
        add(problem, at: place.node, place.path, arguments)
    }

    public mutating func add(_ problem: FileProblem.Kind, mark: Mark?, found: String) {
        all.append(
            FileProblem(
                file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, path: "",
                found: found, problem: problem, arguments: [:]))
    }

    /// In the order of the file.
    public func thrown() -> FileProblems {
        FileProblems(
            all: all.sorted { ($0.line, $0.column, $0.path) < ($1.line, $1.column, $1.path) })
    }

    /// Reads a YAML document to its root node, or says where it is no YAML.
    public mutating func rootNode(of yaml: String) -> Node? {
        do {
            if let root = try Yams.compose(yaml: yaml, .basic) { return root }
            add(.expectedMapping, mark: nil, found: "")
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                add(.notYAML, mark: mark, found: problem)
            case .duplicatedKeysInMapping(let keys, let context):
                add(
                    .duplicateKey, mark: context.mark,
                    found: keys.sorted().joined(separator: ", "))
            default:
                add(.notYAML, mark: nil, found: "\(error)")
            }
        } catch {
            add(.notYAML, mark: nil, found: "\(error)")
        }
        return nil
    }

    /// Reads a YAML document and checks it against the rule for its root.
    public mutating func document(_ yaml: String, _ rule: ValueRule) -> DocumentPlace? {
        guard let root = rootNode(of: yaml) else { return nil }
        var check = DocumentCheck(problems: self)
        check.check(root, rule, "")
        self = check.problems
        return DocumentPlace(root, "")
    }

    private static func shown(_ node: Node?) -> String {
        switch node {
        case .scalar(let scalar)?:
            scalar.string.count > 60 ? scalar.string.prefix(57) + "..." : scalar.string
        case .sequence?: "[...]"
        case .mapping?: "{...}"
        case .alias?: "*"
        case nil: ""
        }
    }
}
