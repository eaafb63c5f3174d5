import Chronology
import Identifiers
import Registry

extension StoreReader {
    /// Those who live here on a day and belong to a target group, in the order of their
    /// numbers. Nil asks of no group in particular, and of no caseworker.
    public func citizens(
        in group: TargetGroup?, ofStaff staff: [FactID]?, on day: Day,
        of municipality: MunicipalityCode
    ) throws -> [CitizenID] {
        if staff?.isEmpty ?? false { return [] }
        var arguments: [SQLValue] = [.integer(Int64(municipality.number)), .day(day), .day(day)]
        var sql = """
            SELECT DISTINCT g.citizen FROM target_group g
            WHERE g.municipality = $1 AND g.superseded_by IS NULL AND g.valid_from <= $2
                AND (g.valid_to IS NULL OR g.valid_to >= $3)
            """
        func next(_ value: SQLValue) -> String {
            arguments.append(value)
            return "$\(arguments.count)"
        }
        if let group { sql += " AND g.target = \(next(.text(group.rawValue)))" }
        sql += """
             AND EXISTS (
                SELECT 1 FROM residence r WHERE r.municipality = g.municipality
                    AND r.citizen = g.citizen AND r.superseded_by IS NULL
                    AND r.valid_from <= \(next(.day(day)))
                    AND (r.valid_to IS NULL OR r.valid_to >= \(next(.day(day)))))
            """
        if let staff {
            sql += """
                 AND EXISTS (
                    SELECT 1 FROM assignment a WHERE a.municipality = g.municipality
                        AND a.citizen = g.citizen AND a.superseded_by IS NULL
                        AND a.valid_from <= \(next(.day(day)))
                        AND (a.valid_to IS NULL OR a.valid_to >= \(next(.day(day))))
                        AND a.staff IN (\(staff.map { next(.fact($0)) }.joined(separator: ", "))))
                """
        }
        return try connection.all(sql + " ORDER BY g.citizen", arguments) {
            CitizenID($0.integer(0))
        }
    }

    /// Every letter to many that stands, the latest first.
    public func mailings(of municipality: MunicipalityCode) throws -> [RegistrationNote] {
        var found: [RegistrationNote] = []
        try eachNote(.mailing, where: "t.id > $2", .integer(0), of: municipality) {
            found.append($0)
        }
        return found.sorted { $0.fact.id > $1.fact.id }
    }

    /// The messages that were sent with a mailing, in the order of the citizens' numbers.
    public func messages(
        of mailing: FactID, in municipality: MunicipalityCode
    ) throws -> [RegistrationNote] {
        var found: [(citizen: CitizenID, note: RegistrationNote)] = []
        try eachNote(.message, where: "t.mailing = $2", .fact(mailing), of: municipality) { note in
            if let citizen = note.fact.citizenID { found.append((citizen, note)) }
        }
        return found.sorted { $0.citizen < $1.citizen }.map(\.note)
    }
}
