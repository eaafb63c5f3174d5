import Chronology
import Identifiers
import Registry

extension StoreReader {
    /// Those employed on a day, in the order of their teams and names.
    public func staff(of municipality: MunicipalityCode, on day: Day) throws -> [StaffMember] {
        var found: [StaffMember] = []
        try connection.query(
            """
            SELECT id, \(FactKind.staffMember.columns.joined(separator: ", ")) FROM staff_member
            WHERE municipality = $1 AND superseded_by IS NULL AND valid_from <= $2
                AND (valid_to IS NULL OR valid_to >= $3)
            """, [.integer(Int64(municipality.number)), .day(day), .day(day)]
        ) { row in
            found.append(try StaffMember(FactReader(kind: .staffMember, row: row)))
        }
        let keyed = found.map {
            (DanishSortKey.key(for: $0.team), DanishSortKey.key(for: $0.name), $0)
        }
        return keyed.sorted { ($0.0, $0.1, $0.2.id) < ($1.0, $1.1, $1.2.id) }.map(\.2)
    }

    /// Those who have citizens on a day, also where they are not employed any more.
    public func staffWithCitizens(
        of municipality: MunicipalityCode, on day: Day
    ) throws -> [StaffMember] {
        let columns = FactKind.staffMember.columns.map { "s.\($0)" }.joined(separator: ", ")
        var found: [StaffMember] = []
        try connection.query(
            """
            SELECT s.id, \(columns) FROM staff_member s
            WHERE s.municipality = $1 AND s.superseded_by IS NULL AND s.id IN (
                SELECT a.staff FROM assignment a
                WHERE a.municipality = s.municipality AND a.superseded_by IS NULL
                    AND a.valid_from <= $2 AND (a.valid_to IS NULL OR a.valid_to >= $3))
            ORDER BY s.id
            """, [.integer(Int64(municipality.number)), .day(day), .day(day)]
        ) { row in
            found.append(try StaffMember(FactReader(kind: .staffMember, row: row)))
        }
        return found
    }

    /// The citizens whom one of `staff` has on a day, in the order of their numbers, each
    /// with the number of the latest registration about the citizen.
    public func citizens(
        ofStaff staff: [FactID], on day: Day, in municipality: MunicipalityCode
    ) throws -> [(citizen: CitizenID, latest: Int64)] {
        try connection.all(
            """
            SELECT a.citizen, (
                SELECT max(l.number) FROM ledger l
                WHERE l.municipality = a.municipality AND l.citizen = a.citizen)
            FROM assignment a
            WHERE a.municipality = $1 AND a.superseded_by IS NULL AND a.valid_from <= $2
                AND (a.valid_to IS NULL OR a.valid_to >= $3)
                AND a.staff IN (\(marks(staff.count, after: 3)))
            GROUP BY a.municipality, a.citizen ORDER BY a.citizen
            """,
            [.integer(Int64(municipality.number)), .day(day), .day(day)] + staff.map { .fact($0) }
        ) { (CitizenID($0.integer(0)), $0.integer(1)) }
    }

    /// Every fact of these kinds that stands about these citizens. O(facts about them).
    public func facts(
        about citizens: [CitizenID], in municipality: MunicipalityCode,
        kinds: [FactKind], _ body: (Fact) throws -> Void
    ) throws {
        // Lists of one length, so that a statement is prepared once; a citizen asked for
        // twice in a list is found once.
        let portion = 50
        for start in stride(from: 0, to: citizens.count, by: portion) {
            var list = Array(citizens[start..<min(start + portion, citizens.count)])
            while list.count < portion { list.append(list[0]) }
            for kind in kinds {
                let column = kind == .citizen ? "id" : "citizen"
                try connection.query(
                    """
                    SELECT id, \(kind.columns.joined(separator: ", ")) FROM \(kind.rawValue)
                    WHERE municipality = $1 AND superseded_by IS NULL
                        AND \(column) IN (\(marks(portion, after: 1)))
                    """, [.integer(Int64(municipality.number))] + list.map { .citizen($0) }
                ) { try body(try FactReader(kind: kind, row: $0).fact()) }
            }
        }
    }

    /// The conversations that one of `staff` has or had on a day, with what belongs to them,
    /// in the order of their hours.
    public func meetings(
        of staff: [FactID], on day: Day, in municipality: MunicipalityCode
    ) throws -> [Meeting] {
        let note = FactKind.conversationNote.columns
        let talk = FactKind.conversation.columns
        var found: [Meeting] = []
        try connection.query(
            """
            SELECT n.id, \(note.map { "n.\($0)" }.joined(separator: ", ")),
                c.id, \(talk.map { "c.\($0)" }.joined(separator: ", "))
            FROM conversation_note n
            JOIN conversation c ON c.municipality = n.municipality AND c.id = n.id
                AND c.superseded_by IS NULL
            WHERE n.municipality = $1 AND n.superseded_by IS NULL AND c.day = $2
                AND n.staff IN (\(marks(staff.count, after: 2)))
            """,
            [.integer(Int64(municipality.number)), .day(day)] + staff.map { .fact($0) }
        ) { row in
            let talkRow = ShiftedRow(row: row, by: note.count + 1)
            guard
                case .conversation(let talk) = try FactReader(
                    kind: .conversation, row: talkRow
                ).fact()
            else { return }
            found.append(
                Meeting(
                    conversation: talk,
                    note: try ConversationNote(FactReader(kind: .conversationNote, row: row))))
        }
        return found.sorted {
            ($0.note.begins ?? 0, $0.conversation.id) < ($1.note.begins ?? 0, $1.conversation.id)
        }
    }

    private func marks(_ count: Int, after: Int) -> String {
        count == 0 ? "NULL" : (1...count).map { "$\($0 + after)" }.joined(separator: ", ")
    }
}

/// A conversation with what belongs to it.
public struct Meeting: Hashable, Sendable {
    public var conversation: Conversation
    public var note: ConversationNote
}

/// The columns of a row from a place on.
private struct ShiftedRow: SQLRow {
    let row: any SQLRow
    let by: Int

    func isNull(_ column: Int) -> Bool { row.isNull(column + by) }
    func integer(_ column: Int) -> Int64 { row.integer(column + by) }
    func real(_ column: Int) -> Double { row.real(column + by) }
    func text(_ column: Int) -> String { row.text(column + by) }
    func bytes(_ column: Int) -> [UInt8] { row.bytes(column + by) }
}

/// What somebody has typed and not saved yet (kladde). No registration: it is replaced, and
/// gone once it is saved.
public struct Drafts {
    private let connection: any SQLConnection
    private let owner: [SQLValue]

    public init(_ connection: any SQLConnection, _ municipality: MunicipalityCode, actor: String) {
        self.connection = connection
        owner = [.integer(Int64(municipality.number)), .text(actor)]
    }

    /// `form` is the form's address, `fields` the form as it would be sent.
    public func keep(_ fields: String, of form: String, at: Int64) throws {
        try discard(form)
        try connection.execute(
            "INSERT INTO draft (municipality, actor, form, fields, saved_at) "
                + "VALUES ($1, $2, $3, $4, $5)", owner + [.text(form), .text(fields), .integer(at)])
    }

    public func discard(_ form: String) throws {
        try connection.execute(
            "DELETE FROM draft WHERE municipality = $1 AND actor = $2 AND form = $3",
            owner + [.text(form)])
    }

    public func kept(_ form: String) throws -> Draft? {
        try connection.first(
            "SELECT form, fields, saved_at FROM draft "
                + "WHERE municipality = $1 AND actor = $2 AND form = $3", owner + [.text(form)]
        ) { Draft(form: $0.text(0), fields: $0.text(1), savedAt: $0.integer(2)) }
    }

    /// The latest first.
    public func all() throws -> [Draft] {
        try connection.all(
            "SELECT form, fields, saved_at FROM draft WHERE municipality = $1 AND actor = $2 "
                + "ORDER BY saved_at DESC, form", owner
        ) { Draft(form: $0.text(0), fields: $0.text(1), savedAt: $0.integer(2)) }
    }
}

public struct Draft: Hashable, Sendable {
    public var form: String
    public var fields: String
    /// Unix seconds.
    public var savedAt: Int64
}
