import Chronology
import Exchange
import Foundation
import Identifiers
import Matching
import Parameters
import Registry
import Storage

/// Partnerships, their members, and citizens' consent to be shown to them.
public struct PartnershipCase: Sendable {
    let house: House
    private let chance: Chance

    /// `chance` draws the numbers of cards and the salts.
    public init(_ house: House, chance: Chance) {
        self.house = house
        self.chance = chance
    }

    /// Every partnership of a municipality with its members, by code.
    public func agreements(
        of municipality: MunicipalityCode, by actor: Actor
    ) async throws -> [PoolAgreement] {
        try Policy.require(.readCompanies, by: actor, in: municipality)
        return try await house.engine.read {
            try PoolReading.agreements($0, municipality)
        }
    }

    /// Registers what the members agreed on in place of what they agreed on before. A member
    /// is the same one where name and first day are the same; one that left gets a last day
    /// and is never taken out, because its entries stand. Throws `FieldProblems`.
    public func register(
        _ agreement: PoolAgreement, in municipality: MunicipalityCode, by actor: Actor,
        purpose: Purpose
    ) async throws -> Receipt {
        let problems = problems(agreement)
        let receipt = try await house.writeCase(
            municipality, actor, purpose, asking: .managePartnerships
        ) { writer in
            guard problems.isEmpty else { throw FieldProblems(problems) }
            var standing: [Partnership] = []
            try writer.reader.facts(of: municipality, kinds: [.partnership]) { fact in
                if case .partnership(let found) = fact { standing.append(found) }
            }
            let code = agreement.partnership.code
            let old = standing.first { $0.code == code }
            var (id, receipt) = try writer.put(old?.id, .partnership) { id in
                var new = agreement.partnership
                new.id = id
                return .partnership(new)
            }
            let place: (Fact) -> String? = { fact in
                guard case .partnershipMember(let member) = fact, member.partnership == id
                else { return nil }
                return "\(member.start.iso) \(member.member)"
            }
            let members = agreement.members.map { member in
                var member = member
                member.partnership = id
                return member
            }
            receipt =
                try writer.putInPlace(of: .partnershipMember, members, place: place) {
                    member, number in
                    var member = member
                    member.id = number
                    return .partnershipMember(member)
                }.last ?? receipt
            return receipt
        }
        // An agreement can say that a member has left, whose cards are not ours to keep.
        let erased = try await house.writePool(
            agreement.partnership.code, chance, municipality, actor, purpose,
            asking: .managePartnerships
        ) { writer in
            try writer.setAddresses(agreement.addresses)
            return try writer.forgetEnded()
        }
        if erased > 0 { try await house.engine.forgetErased() }
        return receipt
    }

    private func problems(_ agreement: PoolAgreement) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let partnership = agreement.partnership
        if partnership.code.isEmpty { problems.append(.init("code", "empty")) }
        if partnership.name.isEmpty { problems.append(.init("name", "empty")) }
        if partnership.decides.isEmpty { problems.append(.init("decides", "empty")) }
        if let end = partnership.end, end < partnership.start {
            problems.append(.init("end", "endsBefore"))
        }
        for (place, member) in agreement.members.enumerated() {
            let at = "members.\(place + 1)"
            let code = member.kind == .municipality ? Int32(member.member) : nil
            if member.kind == .municipality,
                code.flatMap({ house.municipalities[$0] }) == nil || member.member.count != 4
            {
                problems.append(.init("\(at).member", "choice"))
            }
            if member.member.isEmpty { problems.append(.init("\(at).member", "empty")) }
            if Data(base64Encoded: member.publicKey)?.count != 32 {
                problems.append(.init("\(at).publicKey", "poolKeyWrong"))
            }
            if member.weight < 0 { problems.append(.init("\(at).weight", "poolWeight")) }
            if let end = member.end, end < member.start {
                problems.append(.init("\(at).end", "endsBefore"))
            }
            let overlaps = agreement.members[..<place].contains {
                $0.member == member.member && $0.start <= member.end ?? .openEnd
                    && member.start <= $0.end ?? .openEnd
            }
            if overlaps { problems.append(.init("\(at).start", "poolMemberTwice")) }
        }
        return problems
    }

    /// Registers a citizen's consent to be shown to a partnership, and shares the card where
    /// there is a profile. Throws `FieldProblems` where a consent stands or the citizen lives
    /// elsewhere.
    public func consent(
        of citizen: CitizenID, to code: String, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose, signing signer: PoolSigner
    ) async throws -> Receipt {
        let books = try await house.matching.books()
        let receipt = try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .sharePool
        ) { writer in
            try writer.cases.requireResident(citizen, on: writer.cases.today, "citizen")
            if try writer.consents(of: citizen).contains(where: { $0.withdrawn == nil }) {
                throw FieldProblems([.init("citizen", "poolConsentStands")])
            }
            let card = writer.newCard()
            let (partnership, today) = (writer.partnership.id, writer.cases.today)
            let receipt = try writer.cases.add(.poolConsent) { id in
                .poolConsent(
                    PoolConsent(
                        id: id, citizen: citizen, partnership: partnership, card: card,
                        given: today))
            }.1
            try writer.refresh(books, by: signer)
            return receipt
        }
        try await house.passOn(code, chance)
        return receipt
    }

    /// Registers that a citizen withdraws the consent: the card is erased here and with every
    /// member in the same database before this returns, and with the others when they take the
    /// feed. Throws `FieldProblems` where no consent stands.
    public func withdraw(
        _ citizen: CitizenID, from code: String, in municipality: MunicipalityCode,
        by actor: Actor, purpose: Purpose, signing signer: PoolSigner
    ) async throws -> Receipt {
        let books = try await house.matching.books()
        let receipt = try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .sharePool
        ) { writer in
            guard
                var standing = try writer.consents(of: citizen).first(where: {
                    $0.withdrawn == nil
                })
            else { throw FieldProblems([.init("citizen", "poolNoConsent")]) }
            standing.withdrawn = writer.cases.today
            let receipt = try writer.cases.set(.poolConsent(standing))
            // After the membership nothing can be said any more, and the card is shown to
            // nobody; the citizen can withdraw all the same.
            if try writer.isMember(signer) { try writer.refresh(books, by: signer) }
            return receipt
        }
        try await house.engine.forgetErased()
        try await house.passOn(code, chance)
        return receipt
    }
}

extension PoolWriter {
    /// A citizen's consents to this partnership, the withdrawn ones among them.
    func consents(of citizen: CitizenID) throws -> [PoolConsent] {
        try cases.reader.registrations(
            about: citizen, of: cases.municipality, kinds: [.poolConsent]
        ).compactMap { note in
            guard case .poolConsent(let consent) = note.fact,
                consent.partnership == partnership.id
            else { return nil }
            return consent
        }
    }

    /// Every consent to this partnership, the withdrawn ones among them, in the order of their
    /// numbers.
    func consents() throws -> [PoolConsent] {
        var found: [PoolConsent] = []
        try cases.reader.facts(of: cases.municipality, kinds: [.poolConsent]) { fact in
            if case .poolConsent(let consent) = fact, consent.partnership == partnership.id {
                found.append(consent)
            }
        }
        return found.sorted { $0.id < $1.id }
    }

    /// Tells the others what has changed of the orders and cards that are shared, so that the
    /// own feed says what the registrations say. How many entries were added.
    /// O(entries + shared orders and consents).
    @discardableResult
    mutating func refresh(_ books: MatchingBooks, by signer: PoolSigner) throws -> Int {
        try require(signer)
        let before = book.feeds[signer.member]?.count ?? 0
        let state = try state()
        for order in state.orders where order.owner == signer.member {
            try refresh(order, by: signer)
        }
        var shown: [Int64: PoolState.Card] = [:]
        for card in state.cards where card.member == signer.member { shown[card.number] = card }
        let gone = Set(
            (book.feeds[signer.member] ?? []).map(\.header)
                .filter { $0.kind == .cardWithdrawn }.map(\.subject))
        for consent in try consents() where !gone.contains(consent.card) {
            let card = try consent.withdrawn == nil ? current(consent, books) : nil
            if let card {
                if shown[consent.card]?.told != card {
                    try say(.cardShared, consent.card, .card(card), by: signer)
                }
            } else if shown[consent.card] != nil {
                try say(.cardWithdrawn, consent.card, .end, by: signer)
            }
        }
        return (book.feeds[signer.member]?.count ?? 0) - before
    }

    private mutating func refresh(_ order: PoolState.Order, by signer: PoolSigner) throws {
        let summary = try cases.summary(FactID(order.number))
        guard summary.isOpen, let description = summary.description else {
            if order.isOpen { try say(.orderClosed, order.number, .end, by: signer) }
            return
        }
        let told = PoolOrder(summary.order, description)
        if told != order.told || !order.isOpen {
            try say(.orderChanged, order.number, .order(told), by: signer)
        }
    }

    /// The card that the citizen's profile gives today; nil without a profile, and for one who
    /// has moved away.
    private func current(_ consent: PoolConsent, _ books: MatchingBooks) throws -> PoolCard? {
        let today = cases.today
        let isResident = try cases.reader.registrations(
            about: consent.citizen, of: cases.municipality, kinds: [.residence]
        ).contains { note in
            if case .residence(let residence) = note.fact {
                residence.holds(on: today)
            } else {
                false
            }
        }
        guard isResident,
            let profile = try cases.reader.profile(
                of: consent.citizen, in: cases.municipality, on: today)
        else { return nil }
        return PoolCard(profile, partnership) { id in
            books.taxonomy.occupation(id) != nil || books.taxonomy.skill(id) != nil
        }
    }
}
