import Parameters
import Yams

/// Collects the problems of one file while it is read.
struct ProblemList {
    let file: String
    private(set) var all: [PlanProblem] = []

    init(file: String) { self.file = file }

    mutating func add(
        _ problem: PlanProblem.Kind, at node: Node?, _ path: String,
        _ arguments: [String: String] = [:]
    ) {
        all.append(
            PlanProblem(
                file: file, line: node?.mark?.line ?? 0, column: node?.mark?.column ?? 0,
                path: path, found: ProblemList.shown(node), problem: problem,
                arguments: arguments))
    }

    mutating func add(_ problem: PlanProblem.Kind, mark: Mark?, found: String) {
        all.append(
            PlanProblem(
                file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, path: "",
                found: found, problem: problem, arguments: [:]))
    }

    /// In the order of the file.
    func thrown() -> PlanProblems {
        PlanProblems(
            all: all.sorted { ($0.line, $0.column, $0.path) < ($1.line, $1.column, $1.path) })
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

/// Reads a YAML document to its root node, or says where it is no YAML.
func rootNode(of yaml: String, _ problems: inout ProblemList) -> Node? {
    do {
        if let root = try Yams.compose(yaml: yaml, .basic) { return root }
        problems.add(.expectedMapping, mark: nil, found: "")
    } catch let error as YamlError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            problems.add(.notYAML, mark: mark, found: problem)
        case .duplicatedKeysInMapping(let keys, let context):
            problems.add(
                .duplicateKey, mark: context.mark, found: keys.sorted().joined(separator: ", "))
        default:
            problems.add(.notYAML, mark: nil, found: "\(error)")
        }
    } catch {
        problems.add(.notYAML, mark: nil, found: "\(error)")
    }
    return nil
}
