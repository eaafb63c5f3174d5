import Chronology
import Identifiers
import Registry
import Storage

// Focus groups and trials: who was invited, who consented, what was said and what was changed.
extension QualityCase {
    /// A group with those who were invited, who are entered in the look-up log.
    public struct FocusFile: Sendable {
        public var summary: FocusSummary
        public var people: [CitizenID: Citizen]
        public var companies: [CVR: String]
        /// What those who consented said, by their numbers.
        public var words: [FactID: String]
        public var version: Int64
    }

    /// Registers a group, or what it said and what was changed.
    public func hold(
        _ group: FocusGroup, changing version: Int64? = nil,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> (FactID, Receipt) {
        try await house.writeCase(municipality, actor, purpose, asking: .manageQuality) { writer in
            var checks = TextChecks()
            checks.check(group.title, "title", most: Self.longestTitle)
            checks.check(group.audience, "audience", most: Self.longestTitle)
            checks.check(group.initiative, "initiative")
            checks.check(group.result, "result", isOptional: true)
            if !group.result.isEmpty, group.day > writer.today {
                checks.add("result", "focusNotHeld")
            }
            checks.pair(
                group.changed, "changed", group.changedOn, "changedOn", from: group.day,
                to: writer.today)
            if group.changedOn != nil, group.result.isEmpty { checks.add("result", "empty") }
            if let told = group.told {
                if told > writer.today { checks.add("told", "actInFuture") }
                if told < group.day { checks.add("told", "qualityBefore") }
                if group.result.isEmpty { checks.add("told", "focusNothingToTell") }
            }
            try checks.end()
            return try writer.save(.focusGroup, group.id, version) { id in
                var group = group
                group.id = id
                return .focusGroup(group)
            }
        }
    }

    /// Invites citizens and companies, each once. Throws `FieldProblems` for one who does not
    /// live here and a company that is not known.
    public func invite(
        _ citizens: [CitizenID], _ companies: [CVR], to group: FactID,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: { _ in .manageQuality })
        let receipt = try await house.writeCase(
            municipality, actor, purpose, asking: .manageQuality
        ) { writer in
            let standing = try writer.group(group)
            let today = writer.today
            var last: Receipt?
            let found = Set(try writer.reader.citizens(of: municipality, citizens).map(\.id))
            if let missing = citizens.first(where: { !found.contains($0) }) {
                throw FieldProblems([
                    .init("citizens", "focusNoCitizen", ["number": String(missing.number)])
                ])
            }
            let reader = writer.reader
            for company in companies {
                let known = try reader.registration(
                    .company, FactID(company.number), of: municipality)
                if known != nil { continue }
                throw FieldProblems([
                    .init("companies", "focusNoCompany", ["number": company.description])
                ])
            }
            for new in citizens.map({ (Optional($0), CVR?.none) })
                + companies.map({ (CitizenID?.none, Optional($0)) })
            {
                let known = standing.members.first {
                    $0.citizen == new.0 && $0.company == new.1
                }
                if let known {
                    last = try reader.registration(
                        .focusMember, known.id, of: municipality)?.receipt(in: municipality)
                    continue
                }
                last = try writer.add(.focusMember) {
                    .focusMember(
                        FocusMember(
                            id: $0, group: group, citizen: new.0, company: new.1,
                            day: today))
                }.1
            }
            guard let last else { throw FieldProblems([.init("citizens", "focusNobody")]) }
            return last
        }
        if !citizens.isEmpty {
            _ = try await reading.log(
                Set(citizens).sorted(), for: .audit, on: house.clock.today())
        }
        return receipt
    }

    /// Registers what one who was invited said to taking part, and what that one said in the
    /// group. Without a consent nothing is kept of the words, and what was kept is erased.
    public func answer(
        _ member: FactID, _ consent: FocusConsent, words: String,
        in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writeCase(municipality, actor, purpose, asking: .manageQuality) { writer in
            guard
                let note = try writer.reader.registration(.focusMember, member, of: municipality),
                case .focusMember(let standing) = note.fact
            else { throw FieldProblems([.init("consent", "choice")]) }
            var checks = TextChecks()
            checks.check(words, "words", isOptional: true)
            if consent != .given, !words.isEmpty { checks.add("words", "focusNoConsent") }
            if consent == .withdrawn, standing.consent != .given, standing.consent != .withdrawn {
                checks.add("consent", "focusNothingGiven")
            }
            if consent == .invited, standing.consent != .invited {
                checks.add("consent", "choice")
            }
            try checks.end()
            if words.isEmpty {
                try writer.focusWords.erase(of: member)
            } else {
                try writer.focusWords.keep(words, of: member)
            }
            return try writer.set(consent, for: standing, note)
        }
    }

    /// Nil where there is no such group.
    public func file(
        of group: FactID, in municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> FocusFile? {
        guard
            let summary = try await book(of: municipality, by: actor).group(group),
            let standing = try await standing(.focusGroup, group, in: municipality, by: actor)
        else { return nil }
        let reading = try LoggedReading(
            house, actor, of: municipality, purpose, asking: Request.reviewCase)
        let citizens = Set(summary.members.compactMap(\.citizen))
        let people =
            citizens.isEmpty
            ? []
            : try await reading.citizens(citizens, for: .audit, on: house.clock.today()).citizens
        let (companies, words) = try await house.engine.read { connection in
            let reader = StoreReader(connection)
            var names: [CVR: String] = [:]
            for cvr in summary.members.compactMap(\.company) {
                let found = try reader.registration(.company, FactID(cvr.number), of: municipality)
                if case .company(let company)? = found?.fact { names[cvr] = company.name }
            }
            return (names, try FocusWords(connection, municipality).all())
        }
        let own = Set(summary.members.filter { $0.consent == .given }.map(\.id))
        return FocusFile(
            summary: summary,
            people: Dictionary(people.map { ($0.id, $0) }) { first, _ in first },
            companies: companies, words: words.filter { own.contains($0.key) },
            version: standing.number)
    }
}

extension CaseWriter {
    /// Throws `FieldProblems` where there is no such group.
    fileprivate func group(_ id: FactID) throws -> FocusSummary {
        guard
            case .focusGroup(let group)? = try reader.registration(
                .focusGroup, id, of: municipality)?.fact
        else { throw FieldProblems([.init("group", "choice")]) }
        let members = try reader.registrations(
            .focusMember, where: .focusGroup, is: id.number, of: municipality
        ).compactMap { note in
            if case .focusMember(let member) = note.fact { member } else { nil }
        }
        return FocusSummary(group: group, members: members)
    }
}
