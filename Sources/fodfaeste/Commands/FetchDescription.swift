import Exchange
import Jobcenter
import Parameters
import Reporting

/// What a publisher's table can be asked for, in words.
extension FetchRun {
    /// More members than these are counted and not listed.
    private static let listed = 40

    func describe(_ table: JobindsatsTable, _ id: String) {
        print(id)
        for (kind, periods) in table.periods.sorted(by: { $0.key < $1.key }) {
            guard let first = periods.first, let last = periods.last else { continue }
            say("periods", ["kind": kind, "first": first, "last": last], periods.count)
        }
        for group in table.groups {
            let measures = group.measures.map { "\n    \($0)" }.joined()
            print("  --group \(group.id)  \(group.name)\(measures)")
        }
        for dimension in table.dimensions {
            for hierarchy in dimension.hierarchies {
                print("  --member \(hierarchy.id)  \(title(dimension.name, hierarchy.name))")
                list(hierarchy.members.map { "\($0.id)  \($0.name)" })
            }
        }
    }

    func describe(_ table: StatBankTable) {
        print("\(table.id)  \(table.text)")
        print("  " + wording("fetch.describe.updated", ["day": table.updated]))
        for variable in table.variables {
            if variable.isTime {
                guard let first = variable.values.first, let last = variable.values.last else {
                    continue
                }
                say(
                    "periods", ["kind": variable.id, "first": first.id, "last": last.id],
                    variable.values.count)
                continue
            }
            let rest = variable.canBeLeftOut ? wording("fetch.describe.optional") : ""
            print("  --values \(variable.id)  \(variable.text) \(rest)")
            list(variable.values.map { "\($0.id)  \($0.text)" })
        }
    }

    private func title(_ dimension: String, _ hierarchy: String) -> String {
        dimension == hierarchy || hierarchy.isEmpty ? dimension : "\(dimension): \(hierarchy)"
    }

    private func list(_ lines: [String]) {
        for line in lines.prefix(Self.listed) { print("    \(line)") }
        if lines.count > Self.listed {
            print("    " + wording("fetch.describe.more", ["count": wording.number(lines.count)]))
        }
    }

    private func say(_ key: String, _ arguments: [String: String], _ count: Int) {
        var arguments = arguments
        arguments["count"] = wording.number(count)
        print("  " + house.texts.text("fetch.describe.\(key)", wording.language, arguments))
    }
}
