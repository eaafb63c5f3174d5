import Chronology
import Exchange
import Identifiers
import Registry
import Storage

/// What the owner of an order does with what other members offer. It is registered on the order
/// itself, so that its stage, its vacant positions and the official rates follow.
extension PoolCase {
    /// Registers that the candidate of another member's offer was sent to the company. Throws
    /// `FieldProblems` where there is no such offer to an open order of ours.
    public func refer(
        offer number: Int64, of member: String, in code: String,
        for municipality: MunicipalityCode, by actor: Actor, purpose: Purpose
    ) async throws -> Receipt {
        try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .sharePool
        ) { writer in
            let (_, summary) = try writer.offer(number, of: member)
            if !summary.isOpen { throw FieldProblems([.init("offer", "orderClosed")]) }
            return try writer.refer(number, of: member, to: summary)
        }
    }

    /// Registers that the candidate of another member's offer got the job, which credits both,
    /// and closes the order as filled with the last position. `day` is the first at work, today
    /// unless told; `terms` follow the order unless told. One who was not sent to the company
    /// before is so now. Throws `FieldProblems` where there is no such offer to an order of
    /// ours, it is hired by already, or no position is left.
    public func hire(
        offer number: Int64, of member: String, in code: String,
        for municipality: MunicipalityCode, by actor: Actor, purpose: Purpose,
        signing signer: PoolSigner, from day: Day? = nil, terms: EmploymentKind? = nil
    ) async throws -> Receipt {
        let books = try await house.matching.books()
        let receipt = try await house.writePool(
            code, chance, municipality, actor, purpose, asking: .sharePool
        ) { writer in
            let (offer, summary) = try writer.offer(number, of: member)
            if offer.isHired { throw FieldProblems([.init("offer", "doneAlready")]) }
            if !summary.isOpen { throw FieldProblems([.init("offer", "orderClosed")]) }
            if summary.vacant == 0 { throw FieldProblems([.init("offer", "allHired")]) }
            let first = day ?? writer.cases.today
            if first < summary.order.created {
                throw FieldProblems([
                    .init("day", "beforeStart", ["day": summary.order.created.danish])
                ])
            }
            if !summary.isReferred(number, of: member) {
                try writer.refer(number, of: member, to: summary)
            }
            let usual: EmploymentKind =
                summary.description?.kind == .flex ? .flexJob : .ordinary
            let source = PoolSource(
                partnership: code, member: member, offer: number, terms: terms ?? usual)
            let receipt = try writer.cases.add(
                OrderEvent(
                    id: FactID(0), order: summary.order.id, kind: .poolHired, day: first,
                    text: source.text))
            if summary.vacant == 1 {
                _ = try writer.cases.add(
                    OrderEvent(
                        id: FactID(0), order: summary.order.id, kind: .closed,
                        day: writer.cases.today, reason: .filled))
            }
            try writer.say(
                .hired, summary.order.id.number,
                .hire(PoolHire(member: member, offer: number)), by: signer)
            try writer.refresh(books, by: signer)
            return receipt
        }
        try await house.passOn(code, chance)
        return receipt
    }
}

extension PoolWriter {
    /// Another member's offer to an order of this municipality, and the order.
    fileprivate func offer(
        _ number: Int64, of member: String
    ) throws -> (PoolState.Offer, OrderSummary) {
        let found = try state().offers.first {
            $0.member == member && $0.number == number
                && $0.owner == cases.municipality.description
        }
        guard let found else { throw FieldProblems([.init("offer", "poolOfferUnknown")]) }
        return (found, try cases.summary(FactID(found.order)))
    }

    @discardableResult
    fileprivate mutating func refer(
        _ number: Int64, of member: String, to summary: OrderSummary
    ) throws -> Receipt {
        if summary.isReferred(number, of: member) {
            throw FieldProblems([.init("offer", "doneAlready")])
        }
        let source = PoolSource(partnership: partnership.code, member: member, offer: number)
        return try cases.add(
            OrderEvent(
                id: FactID(0), order: summary.order.id, kind: .poolReferred, day: cases.today,
                text: source.text))
    }
}

extension OrderSummary {
    /// Whether the candidate of an offer was sent to the company.
    public func isReferred(_ offer: Int64, of member: String) -> Bool {
        events.contains {
            $0.kind == .poolReferred && $0.pool?.member == member && $0.pool?.offer == offer
        }
    }
}
