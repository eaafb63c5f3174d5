import Chronology
import Identifiers
import Registry
import Storage

/// Letters to many at once (masseforsendelse). A letter is tried first: that finds those who
/// are to have it and picks a sample. Somebody else reads the sample and approves it, and only
/// what was tried and approved can be sent.
public struct MailingCase: Sendable {
    private let house: House

    /// Letters that are read before all are sent.
    public static let sampled = 5
    public static let longest = 6_000

    public init(_ house: House) { self.house = house }

    /// Every letter to many, the latest first. Names no citizen.
    public func all(
        in municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [RegistrationNote] {
        try Policy.require(.writeMailing, by: actor, in: municipality)
        return try await house.engine.read { try StoreReader($0).mailings(of: municipality) }
    }

    /// Tries a letter: nobody gets anything. A letter tried again loses its approval. Throws
    /// `FieldProblems` where something is missing, a place to fill in is unknown, or it would
    /// find nobody.
    public func attempt(
        _ letter: NewMailing, again id: FactID? = nil, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try letter.check()
        return try await house.writeCase(municipality, actor, purpose, asking: .writeMailing) {
            writer in
            if let id { _ = try writer.unsent(id) }
            let found = try writer.recipients(letter.group, letter.team)
            if found.isEmpty { throw FieldProblems([.init("group", "nobody")]) }
            let today = writer.today
            let digest = MailingCase.digest(found)
            return try writer.put(id, .mailing) { id in
                .mailing(
                    Mailing(
                        id: id, subject: letter.subject, text: letter.text, group: letter.group,
                        team: letter.team, tried: today, writer: actor.name,
                        recipients: found.count, digest: digest,
                        sample: MailingCase.sample(found, digest + letter.text)))
            }
        }
    }

    /// A letter with those of the sample, or with all who got it. The look-up is logged.
    public func letter(
        _ id: FactID, withAll: Bool = false, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose?
    ) async throws -> MailingFile? {
        let reading = try LoggedReading(house, actor, of: municipality, purpose)
        let found = try await house.engine.read { connection -> ([RegistrationNote], Mailing)? in
            let reader = StoreReader(connection)
            guard
                case .mailing(let mailing)? = try reader.registration(
                    .mailing, id, of: municipality)?.fact
            else { return nil }
            let sent = withAll ? try reader.messages(of: id, in: municipality) : []
            return (sent, mailing)
        }
        guard let (sent, mailing) = found else { return nil }
        let asked = withAll ? sent.compactMap(\.fact.citizenID) : mailing.sample
        let people = try await reading.citizens(Set(asked), for: .mailing, on: house.clock.today())
        let named = Dictionary(uniqueKeysWithValues: people.citizens.map { ($0.id, $0) })
        var letters: [MailingFile.Letter] = []
        for citizen in asked {
            guard let person = named[citizen] else { continue }
            letters.append(.init(citizen: person, text: mailing.filled(for: person)))
        }
        return MailingFile(mailing: mailing, lookup: people.lookup, letters: letters)
    }

    /// Approves a letter whose sample was read. Throws `FieldProblems` for one's own letter,
    /// for letters of the sample that were not read, and for one approved or sent already.
    public func approve(
        _ id: FactID, read: Set<CitizenID>, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .approveMailing) { writer in
            var mailing = try writer.unsent(id)
            if mailing.writer == actor.name { throw FieldProblems([.init("read", "ownLetter")]) }
            if mailing.approved != nil {
                throw FieldProblems([.init("read", "approvedAlready")])
            }
            if !read.isSuperset(of: mailing.sample) {
                throw FieldProblems([
                    .init("read", "notAllRead", ["count": String(mailing.sample.count)])
                ])
            }
            mailing.approved = writer.today
            mailing.approver = actor.name
            return try writer.set(.mailing(mailing))
        }
    }

    /// Sends what was tried and approved: a message in the case of each. Throws
    /// `FieldProblems` where it was not approved or finds others than when it was tried; then
    /// nobody gets anything. O(recipients).
    public func send(
        _ id: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .writeMailing) { writer in
            var mailing = try writer.unsent(id)
            if mailing.approved == nil { throw FieldProblems([.init("send", "notApproved")]) }
            let found = try writer.recipients(mailing.group, mailing.team)
            if MailingCase.digest(found) != mailing.digest {
                throw FieldProblems([
                    .init(
                        "send", "recipientsChanged",
                        ["before": String(mailing.recipients), "now": String(found.count)])
                ])
            }
            let today = writer.today
            let letter = mailing
            for person in try writer.reader.citizens(of: municipality, found) {
                _ = try writer.add(.message) { message in
                    .message(
                        Message(
                            id: message, citizen: person.id, day: today, sender: .municipality,
                            recipient: .citizen, subject: letter.subject,
                            text: letter.filled(for: person), mailing: id))
                }
            }
            mailing.sent = today
            return try writer.set(.mailing(mailing))
        }
    }

    private static func digest(_ citizens: [CitizenID]) -> String {
        FileContents.digest(Array(citizens.map { String($0.number) }.joined(separator: " ").utf8))
    }

    /// Those whose number with the digest has the smallest hash: nobody can choose them, and
    /// the same letter to the same people gives the same ones.
    private static func sample(_ citizens: [CitizenID], _ seed: String) -> [CitizenID] {
        citizens.map { (FileContents.digest(Array("\(seed) \($0.number)".utf8)), $0) }
            .sorted { $0.0 < $1.0 }.prefix(sampled).map(\.1).sorted()
    }
}

extension CaseWriter {
    fileprivate func unsent(_ id: FactID) throws -> Mailing {
        guard
            case .mailing(let mailing)? = try reader.registration(
                .mailing, id, of: municipality)?.fact
        else { throw FieldProblems([.init("send", "choice")]) }
        if mailing.sent != nil { throw FieldProblems([.init("send", "sentAlready")]) }
        return mailing
    }

    fileprivate func recipients(_ group: String, _ team: String) throws -> [CitizenID] {
        let staff =
            team.isEmpty
            ? nil
            : try reader.staff(of: municipality, on: today).filter { $0.team == team }.map(\.id)
        return try reader.citizens(
            in: TargetGroup(rawValue: group), ofStaff: staff, on: today, of: municipality)
    }
}

extension Mailing {
    /// What stands in a letter for what is filled in.
    public static let places = ["{navn}", "{fornavn}"]

    func filled(for citizen: Citizen) -> String {
        text.replacing("{navn}", with: citizen.fullName)
            .replacing("{fornavn}", with: citizen.givenName)
    }
}

/// A letter to many as it is written.
public struct NewMailing: Hashable, Sendable {
    public var subject = ""
    public var text = ""
    /// The raw value of a target group and a team; empty for any.
    public var group = ""
    public var team = ""

    public init() {}

    fileprivate func check() throws(FieldProblems) {
        var problems: [FieldProblem] = []
        if subject.isEmpty { problems.append(.init("subject", "empty")) }
        if text.isEmpty { problems.append(.init("text", "empty")) }
        if let long = FieldProblem.tooLong("text", text, most: MailingCase.longest) {
            problems.append(long)
        }
        if !group.isEmpty, TargetGroup(rawValue: group) == nil {
            problems.append(.init("group", "choice"))
        }
        var rest = text
        for place in Mailing.places { rest = rest.replacing(place, with: "") }
        if rest.contains(where: { "{}".contains($0) }) {
            problems.append(
                .init("text", "unknownPlace", ["places": Mailing.places.joined(separator: " ")]))
        }
        if !problems.isEmpty { throw FieldProblems(problems) }
    }
}

/// A letter to many with some of those it is for.
public struct MailingFile: Sendable {
    public var mailing: Mailing
    public var lookup: Int64
    /// In the order of the citizens' numbers.
    public var letters: [Letter]

    public struct Letter: Sendable {
        public var citizen: Citizen
        /// With everything filled in.
        public var text: String
    }
}
