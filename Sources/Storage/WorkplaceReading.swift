import Chronology
import Identifiers
import Registry

extension StoreReader {
    /// A workplace as it is registered; nil where the number is not.
    public func workplace(
        _ number: ProductionUnitNumber, of municipality: MunicipalityCode
    ) throws -> Workplace? {
        let code = SQLValue.integer(Int64(municipality.number))
        var units: [ProductionUnit] = []
        try connection.query(
            "SELECT id, \(FactKind.productionUnit.columns.joined(separator: ", ")) "
                + "FROM production_unit WHERE municipality = $1 AND number = $2 "
                + "AND superseded_by IS NULL ORDER BY valid_from", [code, .unit(number)]
        ) { row in
            if case .productionUnit(let unit) = try FactReader(
                kind: .productionUnit, row: row
            ).fact() {
                units.append(unit)
            }
        }
        guard let last = units.last else { return nil }
        let name = try connection.first(
            "SELECT name FROM company WHERE municipality = $1 AND id = $2 "
                + "AND superseded_by IS NULL", [code, .integer(last.company.number)]
        ) { $0.text(0) }
        var offers: [Offer] = []
        try connection.query(
            "SELECT id, \(FactKind.offer.columns.joined(separator: ", ")) FROM offer "
                + "WHERE municipality = $1 AND unit = $2 AND superseded_by IS NULL",
            [code, .unit(number)]
        ) { row in
            if case .offer(let offer) = try FactReader(kind: .offer, row: row).fact() {
                offers.append(offer)
            }
        }
        return Workplace(name: name ?? "", units: units, offers: offers)
    }

    /// Workplaces whose company's name begins with a word, in the order of the names, no
    /// more than `limit`.
    public func workplaces(
        named text: String, of municipality: MunicipalityCode, limit: Int
    ) throws -> [(name: String, number: ProductionUnitNumber)] {
        let key = DanishSortKey.weights(of: text).filter { !"%_\\".contains($0) }
        if key.isEmpty { return [] }
        return try connection.all(
            """
            SELECT c.name, min(u.number) FROM company c
            JOIN production_unit u ON u.municipality = c.municipality AND u.company = c.id
                AND u.superseded_by IS NULL
            WHERE c.municipality = $1 AND c.superseded_by IS NULL AND c.sort_name LIKE $2
            GROUP BY c.id, c.name, c.sort_name ORDER BY c.sort_name LIMIT \(limit)
            """, [.integer(Int64(municipality.number)), .text("\(key)%")]
        ) { (name: $0.text(0), number: try ProductionUnitNumber(number: $0.integer(1))) }
    }
}

/// A workplace with its headcounts and everyone in an offer there.
public struct Workplace: Hashable, Sendable {
    /// The company's.
    public var name: String
    /// A headcount over a time each, the earliest first.
    public var units: [ProductionUnit]
    public var offers: [Offer]

    /// Employees on a day; none where no headcount covers it.
    public func employees(on day: Day) -> Int {
        units.last { $0.start <= day && day <= $0.end ?? .openEnd }?.employees ?? 0
    }
}
