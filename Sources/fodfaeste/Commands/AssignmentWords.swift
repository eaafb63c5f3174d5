import Exchange
import Matching
import Parameters

/// An assignment between files and words: names for numbers, and sentences.
struct AssignmentWords {
    private let files: AssignmentFiles
    private let texts: TextCatalogue
    private let language: Language
    private let groups: [String]
    /// The rows of the file of groups that are about one opening.
    private let limits: [AssignmentFiles.Group]
    private let openings: [String: Int]

    init(_ files: AssignmentFiles, _ texts: TextCatalogue, _ language: Language) {
        self.files = files
        self.texts = texts
        self.language = language
        groups = Set(files.candidates.compactMap(\.group)).sorted()
        limits = files.groups.filter { $0.opening != nil }
        openings = Dictionary(
            uniqueKeysWithValues: files.openings.enumerated().map { ($1.name, $0) })
    }

    func problem(_ objective: AssignmentProblem.Objective) -> AssignmentProblem {
        let numbers = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        var bounds = groups.map { _ in AssignmentProblem.Group() }
        for group in files.groups where group.opening == nil {
            guard let number = numbers[group.name] else { continue }
            bounds[number] = AssignmentProblem.Group(
                minimum: group.minimum, maximum: group.maximum)
        }
        return AssignmentProblem(
            candidates: files.candidates.map {
                .init(places: $0.places, group: $0.group.flatMap { numbers[$0] })
            },
            openings: files.openings.map { .init(minimum: $0.minimum, maximum: $0.maximum) },
            edges: files.edges.map {
                .init($0.pair.candidate, $0.pair.opening, value: $0.value)
            },
            groups: bounds,
            groupLimits: limits.compactMap { limit in
                guard let group = numbers[limit.name], let name = limit.opening,
                    let opening = openings[name]
                else { return nil }
                return .init(
                    group: group, opening: opening, minimum: limit.minimum,
                    maximum: limit.maximum)
            },
            fixed: pairs(files.fixed), forbidden: pairs(files.forbidden),
            previous: pairs(files.previous), objective: objective)
    }

    private func pairs(_ pairs: Set<AssignmentFiles.Pair>) -> Set<AssignmentProblem.Pair> {
        Set(pairs.map { AssignmentProblem.Pair($0.candidate, $0.opening) })
    }

    func candidate(_ name: String) -> Int? {
        files.candidates.firstIndex { $0.name == name }
    }

    func opening(_ name: String) -> Int? { openings[name] }

    // MARK: Words

    func unknown(_ name: String) -> String { say("unknown", ["name": name]) }

    func text(_ error: AssignmentError) -> String {
        switch error {
        case .valuesTooLarge: say("tooLarge")
        case .noMemory: say("noMemory")
        // The files were checked when they were read.
        case .malformed(let flaws): flaws.map { "\($0)" }.joined(separator: "\n")
        }
    }

    func text(_ answer: Assignment, _ reasons: [PairReason]?) -> String {
        if let reasons { return reasons.map(text).joined(separator: "\n") }
        let values = values()
        var lines = answer.pairs.map { pair in
            say("given", names(pair).merging(["value": "\(values[pair] ?? 0)"]) { $1 })
        }
        let without = files.candidates.count - Set(answer.pairs.map(\.candidate)).count
        if without > 0 { lines.append(say("without", ["count": "\(without)"])) }
        lines.append(say("summary", ["filled": "\(answer.filled)", "value": "\(answer.value)"]))
        return lines.joined(separator: "\n")
    }

    func text(_ reason: PairReason) -> String {
        var words = names(reason.pair)
        words["value"] = "\(reason.value)"
        switch reason.standing {
        case .fixed: return say("why.fixed", words)
        case .forbidden: return say("why.forbidden", words)
        case .given(let loss):
            words["loss"] = text(loss)
            return say("why.given", words)
        case .notGiven(let loss):
            words["loss"] = text(loss)
            return say("why.notGiven", words)
        }
    }

    private func text(_ loss: PairReason.Loss?) -> String {
        guard let loss else { return say("loss.impossible") }
        let changes =
            (loss.added.map { say("loss.added", names($0)) }
            + loss.removed.map { say("loss.removed", names($0)) }).joined(separator: " ")
        return say(
            loss.places == 0 && loss.value == 0 ? "loss.none" : "loss.some",
            ["places": "\(loss.places)", "value": "\(loss.value)", "changes": changes])
    }

    func text(_ contradiction: AssignmentContradiction) -> String {
        let limits = contradiction.limits.map(text)
        // Twenty say enough of where it pinches.
        var shown = Array(limits.prefix(20))
        if limits.count > shown.count {
            shown.append(say("limit.more", ["count": "\(limits.count - shown.count)"]))
        }
        return say(
            "contradiction",
            [
                "demands": contradiction.demands.map(text).joined(separator: ", "),
                "needed": "\(contradiction.needed)", "available": "\(contradiction.available)",
                "limits": shown.isEmpty ? say("noLimits") : shown.joined(separator: ", "),
            ])
    }

    private func text(_ demand: AssignmentContradiction.Demand) -> String {
        switch demand {
        case .opening(let index, let count):
            say("demand.opening", ["name": files.openings[index].name, "count": "\(count)"])
        case .group(let index, let count):
            say("demand.group", ["name": groups[index], "count": "\(count)"])
        case .groupLimit(let index, let count):
            say("demand.groupLimit", names(limit: index, count))
        case .fixed(let pair): say("demand.fixed", names(pair))
        }
    }

    private func text(_ limit: AssignmentContradiction.Limit) -> String {
        switch limit {
        case .candidate(let index, let count):
            say("limit.candidate", ["name": files.candidates[index].name, "count": "\(count)"])
        case .opening(let index, let count):
            say("limit.opening", ["name": files.openings[index].name, "count": "\(count)"])
        case .group(let index, let count):
            say("limit.group", ["name": groups[index], "count": "\(count)"])
        case .groupLimit(let index, let count):
            say("limit.groupLimit", names(limit: index, count))
        case .pair(let pair): say("limit.pair", names(pair))
        }
    }

    private func names(limit index: Int, _ count: Int) -> [String: String] {
        [
            "name": limits[index].name, "opening": limits[index].opening ?? "",
            "count": "\(count)",
        ]
    }

    func names(_ pair: AssignmentProblem.Pair) -> [String: String] {
        [
            "candidate": files.candidates[pair.candidate].name,
            "opening": files.openings[pair.opening].name,
        ]
    }

    private func say(_ key: String, _ words: [String: String] = [:]) -> String {
        texts.text("cli.assign.\(key)", language, words)
    }

    func values() -> [AssignmentProblem.Pair: Int] {
        Dictionary(
            uniqueKeysWithValues: files.edges.map {
                (AssignmentProblem.Pair($0.pair.candidate, $0.pair.opening), $0.value)
            })
    }
}
