import Chronology

/// A question to jobindsats.dk held against the table's own description: what to ask,
/// and what the answer must look like.
struct JobindsatsPlan {
    /// The part of the address after the question mark.
    let query: String
    /// The same without the periods.
    let question: String

    private struct Choice {
        var dimension: JobindsatsTable.Dimension
        var hierarchy: JobindsatsTable.Hierarchy
        var member: JobindsatsTable.Member
        var isWhole: Bool

        /// What the column may be called.
        var titles: Set<String> {
            Set([dimension.id, dimension.name, hierarchy.id, hierarchy.name])
        }
    }

    private static let period = "Periode"
    private static let area = "Område"

    private let table: String
    private let choices: [Choice]
    /// The titles of the measures; nil where the description does not say them all.
    private let titles: [String]?
    private let names: [String: String]
    private let otherAreas: Set<String>

    /// Throws `SourceProblem` when the table cannot answer the question.
    init(
        _ question: JobindsatsQuestion, _ table: JobindsatsTable, address: String,
        isMunicipality: (String) -> Bool
    ) throws(SourceProblem) {
        func problem(
            _ kind: SourceProblem.Kind, _ found: String, _ accepted: [String]
        ) -> SourceProblem {
            SourceProblem(
                kind, .jobindsats, address: address, found: found,
                accepted: Array(accepted.prefix(20)))
        }
        guard let (areaDimension, areas) = table.areas(isMunicipality: isMunicipality) else {
            throw problem(
                .noAreas, question.table,
                table.dimensions.flatMap(\.hierarchies).map(\.id))
        }
        let available = table.periods[question.periodKind]?.count ?? 0
        guard available > 0 else {
            throw problem(
                .noPeriods, question.periodKind,
                table.periods.filter { !$0.value.isEmpty }.keys.sorted())
        }
        for id in question.groups where !table.groups.contains(where: { $0.id == id }) {
            throw problem(.unknownSelection, id, table.groups.map { "\($0.id) (\($0.name))" })
        }
        let others = table.dimensions.filter { $0.id != areaDimension.id }
        choices = try Self.choices(others, question.members, problem)
        let groups = table.groups.filter {
            question.groups.isEmpty || question.groups.contains($0.id)
        }
        let isTold = !groups.isEmpty && groups.allSatisfy { !$0.measures.isEmpty }
        let titles = isTold ? groups.flatMap(\.measures) : nil
        if let titles,
            let wrong = question.measures.keys.sorted().first(where: { !titles.contains($0) })
        {
            throw problem(.unknownMeasure, wrong, titles)
        }
        self.titles = titles
        self.table = question.table
        names = question.measures
        otherAreas = Set(areas.members.map(\.name).filter { !isMunicipality($0) })
            .subtracting([PublishedImport.country])
        let asked = question.groups.isEmpty ? ["*"] : question.groups
        let fixed =
            asked.map { "mgroup.\(BaseAddress.escaped($0))=*" }
            + ["hierarchy.\(BaseAddress.escaped(areas.id))=*"]
            + choices.map {
                "hierarchy.\(BaseAddress.escaped($0.hierarchy.id))="
                    + BaseAddress.escaped($0.member.id)
            }
        self.question = fixed.joined(separator: "&")
        let count = min(max(1, question.periods), available)
        query =
            "\(self.question)&period.\(BaseAddress.escaped(question.periodKind))=latest:\(count)"
            + "&format=json"
    }

    /// The member of each further dimension, the whole where none was chosen.
    private static func choices(
        _ dimensions: [JobindsatsTable.Dimension], _ wanted: [String: String],
        _ problem: (SourceProblem.Kind, String, [String]) -> SourceProblem
    ) throws(SourceProblem) -> [Choice] {
        var left = wanted
        var choices: [Choice] = []
        for dimension in dimensions {
            guard var hierarchy = dimension.hierarchies.first else { continue }
            var path: String?
            for key in wanted.keys.sorted() {
                let named = dimension.hierarchies.first { $0.id == key || $0.name == key }
                guard named != nil || dimension.id == key || dimension.name == key else { continue }
                path = left.removeValue(forKey: key)
                hierarchy = named ?? hierarchy
            }
            guard let member = hierarchy.member(path ?? "/") else {
                let kind: SourceProblem.Kind = path == nil ? .chooseMember : .unknownMember
                throw problem(
                    kind, path.map { "\(hierarchy.id)=\($0)" } ?? hierarchy.id,
                    hierarchy.members.map { "\($0.id) (\($0.name))" })
            }
            choices.append(
                Choice(
                    dimension: dimension, hierarchy: hierarchy, member: member,
                    isWhole: member.id == "/"))
        }
        if let unknown = left.keys.min() {
            throw problem(
                .unknownSelection, unknown, dimensions.flatMap(\.hierarchies).map(\.id))
        }
        return choices
    }

    /// How the reply is to be read. Throws `SourceProblem` when its columns are not those
    /// that the description promises, naming what is missing and what is new, and when it
    /// is about another member than was asked for.
    func reading(
        _ reply: JobindsatsReply, address: String
    ) throws(SourceProblem) -> JobindsatsReader.Table {
        let promised = [Self.period, Self.area] + (titles ?? names.keys.sorted())
        let missing = promised.filter { !reply.columns.contains($0) }
        var members: [String: String] = [:]
        var new: [String] = []
        for (index, title) in reply.columns.enumerated() where !promised.contains(title) {
            guard let member = reply.firstMember(index) else {
                if titles != nil { new.append(title) }
                continue
            }
            members[title] = member
            let choice = choices.first { $0.titles.contains(title) }
            guard choice?.member.name ?? member == member else {
                throw SourceProblem(
                    .otherMember, .jobindsats, address: address, found: "\(title): \(member)",
                    accepted: choice.map { [$0.member.name] } ?? [])
            }
        }
        guard missing.isEmpty, new.isEmpty else {
            throw SourceProblem(
                .changedColumns, .jobindsats, address: address,
                found: new.isEmpty ? "–" : new.joined(separator: ", "),
                accepted: missing.isEmpty ? ["–"] : missing)
        }
        return JobindsatsReader.Table(
            id: table, measures: measureNames(reply, members), members: members,
            otherAreas: otherAreas)
    }

    /// The name under which each measure is kept. Where one member of a dimension was
    /// chosen and no name was given, the member is part of it: figures about some must
    /// never stand where figures about all do.
    private func measureNames(
        _ reply: JobindsatsReply, _ members: [String: String]
    ) -> [String: String] {
        let parts = choices.filter { !$0.isWhole }.map(\.member.name)
        guard !parts.isEmpty else { return names }
        var all = names
        for title in reply.columns
        where title != Self.period && title != Self.area && members[title] == nil {
            all[title] = names[title] ?? ([title] + parts).joined(separator: " · ")
        }
        return all
    }
}
