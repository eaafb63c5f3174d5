import Chronology
import Identifiers
import Parameters
import Reporting

/// What lets every number of a pack be opened: those behind it, and its address.
extension PackBuilder {
    /// The numbers that others are worked out from and that stand in no table, in the order of
    /// their ids.
    ///
    /// Those who see no small counts get only the published ones. The rest are parts of sums
    /// whose tables hide whole rows; a part shown here would tell what is hidden there.
    func inputs(of shown: [PackNumber]) -> [PackNumber] {
        let standing = Set(shown.map(\.id))
        var found: [String: PackNumber] = [:]
        var open = shown
        while let number = open.popLast() {
            guard case .derived(_, let from) = number.source else { continue }
            for id in from where !standing.contains(id) && found[id] == nil {
                guard let input = numbers[id], context.showsSmall || input.isPublished else {
                    continue
                }
                found[id] = input
                open.append(input)
            }
        }
        return found.values.sorted { $0.id < $1.id }
    }

    /// How old the published tables are that numbers were taken from.
    func publishedTables(_ numbers: [PackNumber]) -> [PackPublished] {
        let used = Set(
            numbers.compactMap { number in
                if case .published(let table, _, _) = number.source { table } else { nil }
            })
        return context.ages.filter { used.contains($0.table) }.map {
            PackPublished(
                table: $0.table, fetchedOn: $0.fetchedOn.iso, newest: $0.newest.description)
        }
    }

    func address(_ section: inout PackSection) {
        for table in section.tables.indices {
            for row in section.tables[table].rows.indices {
                section.tables[table].rows[row].cells = section.tables[table].rows[row].cells.map {
                    cell in
                    cell.number.map { .number(addressed($0)) } ?? cell
                }
            }
        }
    }

    /// The number with its address. Ids are letters, digits, points and hyphens, so nothing
    /// needs encoding.
    func addressed(_ number: PackNumber) -> PackNumber {
        let request = context.request
        var address = "number?number=\(number.id)&asof=\(request.asOf.iso)"
        if let known = request.knownAt { address += "&known=\(known.iso)" }
        for peer in request.peers { address += "&with=\(peer)" }
        var number = number
        number.address = address
        return number
    }
}

extension PackNumber {
    fileprivate var isPublished: Bool {
        if case .published = source { true } else { false }
    }
}
