import Chronology
import Identifiers
import Registry

/// A column by which facts are found that belong to something else than a citizen.
public enum LinkColumn: String, Sendable {
    case id, company, unit, number, event, shop, agreement, audit, complaint
    case order = "job_order"
    case focusGroup = "focus_group"
}

extension StoreReader {
    /// Everything of a kind that stands about a company, a workplace or an order, with its
    /// registration, in the order of the facts' numbers. O(found).
    public func registrations(
        _ kind: FactKind, where column: LinkColumn, is number: Int64,
        of municipality: MunicipalityCode
    ) throws -> [RegistrationNote] {
        var found: [RegistrationNote] = []
        try eachNote(
            kind, where: "t.\(column.rawValue) = $2", .integer(number), of: municipality
        ) { found.append($0) }
        return found.sorted { $0.fact.id < $1.fact.id }
    }

    /// Companies whose name begins with a word, in the order of the names, no more than
    /// `limit`.
    public func companies(
        named text: String, of municipality: MunicipalityCode, limit: Int
    ) throws -> [Company] {
        let key = DanishSortKey.weights(of: text).filter { !"%_\\".contains($0) }
        if key.isEmpty { return [] }
        var found: [Company] = []
        try connection.query(
            "SELECT id, \(FactKind.company.columns.joined(separator: ", ")) FROM company "
                + "WHERE municipality = $1 AND superseded_by IS NULL AND sort_name LIKE $2 "
                + "ORDER BY sort_name, id LIMIT \(limit)",
            [.integer(Int64(municipality.number)), .text("\(key)%")]
        ) { row in
            if case .company(let company) = try FactReader(kind: .company, row: row).fact() {
                found.append(company)
            }
        }
        return found
    }

    /// The company that a workplace belongs to; nil where the number is not registered.
    public func company(
        ofUnit number: ProductionUnitNumber, in municipality: MunicipalityCode
    ) throws -> CVR? {
        let found = try connection.first(
            "SELECT company FROM workplace_entry WHERE municipality = $1 AND id = $2 "
                + "AND superseded_by IS NULL "
                + "UNION SELECT company FROM production_unit WHERE municipality = $1 "
                + "AND number = $2 AND superseded_by IS NULL",
            [.integer(Int64(municipality.number)), .unit(number)]
        ) { $0.integer(0) }
        return try found.map { try CVR(number: $0) }
    }
}
