import Chronology

/// One line of what jobindsats.dk offers.
public struct JobindsatsListing: Hashable, Sendable {
    /// `y25i01`
    public var id: String
    public var name: String
    public var subject: String
    public var group: String
    /// How often it is renewed, and when it was and will be, as the publisher writes it.
    public var frequency: String
    public var latest: String
    public var next: String

    /// Whether every word of `text` stands somewhere in the line, however it is capitalised.
    public func matches(_ text: String) -> Bool {
        let line = [id, name, subject, group].joined(separator: " ").lowercased()
        return text.lowercased().split(whereSeparator: \.isWhitespace).allSatisfy {
            line.contains($0)
        }
    }

    /// Nil when it is not the interface's list of tables.
    static func all(_ document: JSONValue) -> [JobindsatsListing]? {
        guard let subjects = document.array else { return nil }
        var all: [JobindsatsListing] = []
        for subject in subjects {
            guard let groups = subject["table_groups"]?.array else { return nil }
            for group in groups {
                for table in group["tables"]?.array ?? [] {
                    guard let id = table["table_id"]?.text else { return nil }
                    all.append(
                        JobindsatsListing(
                            id: id, name: table["table_name"]?.text ?? "",
                            subject: subject["subject_name"]?.text ?? "",
                            group: group["table_group_name"]?.text ?? "",
                            frequency: table["update_freq"]?.text ?? "",
                            latest: table["update_latest"]?.text ?? "",
                            next: table["update_next"]?.text ?? ""))
                }
            }
        }
        return all
    }
}

/// What one table of jobindsats.dk can be asked for, as it says itself.
public struct JobindsatsTable: Hashable, Sendable {
    public struct Member: Hashable, Sendable {
        /// Its path: `/` for all together, `/2/` for one.
        public var id: String
        public var name: String
    }

    /// The members of a dimension in one of the orders they can be asked for.
    public struct Hierarchy: Hashable, Sendable {
        /// `_nykom`
        public var id: String
        public var name: String
        public var members: [Member]

        /// The member with this path or this name.
        func member(_ text: String) -> Member? {
            members.first { $0.id == text } ?? members.first { $0.name == text }
        }
    }

    public struct Dimension: Hashable, Sendable {
        /// `_omrade`
        public var id: String
        public var name: String
        public var hierarchies: [Hierarchy]
    }

    public struct MeasureGroup: Hashable, Sendable {
        /// `mgrpa02_1`
        public var id: String
        public var name: String
        /// The titles of its columns; empty where the publisher does not say them.
        public var measures: [String]
    }

    /// The periods there are, oldest first, by their kind: M, Q, QMAT, MYTD, Y.
    public var periods: [String: [String]]
    public var dimensions: [Dimension]
    public var groups: [MeasureGroup]

    /// Nil when it is no description of a table.
    init?(_ document: JSONValue) {
        guard let periods = document["periods"]?.array,
            let dimensions = document["dimensions"]?.array,
            let groups = document["mgroups"]?.array
        else { return nil }
        self.periods = [:]
        for kind in periods {
            guard let id = kind["periodtype_id"]?.text else { return nil }
            let values = (kind["values"]?.array ?? []).compactMap { $0["period_id"]?.text }
            self.periods[id] = values.sorted()
        }
        self.dimensions = []
        for dimension in dimensions {
            guard let id = dimension["dimension_id"]?.text else { return nil }
            self.dimensions.append(
                Dimension(
                    id: id, name: dimension["dimension_name"]?.text ?? "",
                    hierarchies: (dimension["hierarchies"]?.array ?? []).compactMap(Self.hierarchy))
            )
        }
        self.groups = []
        for group in groups {
            guard let id = group["mgroup_id"]?.text else { return nil }
            self.groups.append(
                MeasureGroup(
                    id: id, name: group["mgroup_name"]?.text ?? "",
                    measures: (group["measures"]?.array ?? []).compactMap {
                        $0["measure_name"]?.text
                    }))
        }
    }

    private static func hierarchy(_ document: JSONValue) -> Hierarchy? {
        guard let id = document["hierarchy_id"]?.text else { return nil }
        let levels = document["levels"]?.array ?? []
        let members = levels.flatMap { $0["values"]?.array ?? [] }.compactMap { value in
            value["value_id"]?.text.map { Member(id: $0, name: value["value_name"]?.text ?? "") }
        }
        return Hierarchy(id: id, name: document["hierarchy_name"]?.text ?? "", members: members)
    }

    /// The areas of the table by municipality: `_nykom`, or else the hierarchy in which
    /// most names are those of municipalities.
    func areas(isMunicipality: (String) -> Bool) -> (Dimension, Hierarchy)? {
        var best: (Dimension, Hierarchy, count: Int)?
        for dimension in dimensions {
            for hierarchy in dimension.hierarchies {
                let count = hierarchy.members.count { isMunicipality($0.name) }
                guard count > 0 else { continue }
                if hierarchy.id == "_nykom" { return (dimension, hierarchy) }
                if count > best?.count ?? 0 { best = (dimension, hierarchy, count) }
            }
        }
        return best.map { ($0.0, $0.1) }
    }
}
