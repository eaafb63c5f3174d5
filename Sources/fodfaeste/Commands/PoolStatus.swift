import ArgumentParser
import Exchange
import Foundation
import Jobcenter
import Matching
import Parameters
import Registry
import Storage

struct PoolStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the pool as it is here: feeds, orders, cards, offers, hires and shares.",
        discussion: """
            Members that have the same entries show the same. Example:
              fodfaeste pool status --format json --database var/herlev.sqlite
            """)

    @OptionGroup var options: PoolOptions
    @Option(help: "text or json.") var format = OutputFormat.text

    func validate() throws { try format.refuseCSV() }

    private struct Page: Encodable {
        var partnership: String
        var name: String
        var decides: String
        var state: PoolState
        var shares: [FairShare]
    }

    func run() async throws {
        try await options.run { house, actor, code in
            let view = try await PoolCase(house, chance: .system).view(
                of: code, in: actor.municipality, by: actor, purpose: try options.purpose(code))
            if format == .json {
                return try Console.write(
                    json: Page(
                        partnership: view.partnership.code, name: view.partnership.name,
                        decides: view.partnership.decides, state: view.state,
                        shares: view.shares))
            }
            for line in lines(view, house) { print(line) }
        }
    }

    private func lines(_ view: PoolView, _ house: House) -> [String] {
        func say(_ key: String, _ values: [String: String]) -> String {
            house.texts.text("pool.status.\(key)", options.common.lang, values)
        }
        let state = view.state
        var lines = [
            say(
                "head",
                [
                    "name": view.partnership.name, "decides": view.partnership.decides,
                    "orders": String(state.orders.count { $0.isOpen }),
                    "cards": String(state.cards.count),
                ])
        ]
        lines += state.heads.map { head in
            say(
                "feed",
                [
                    "member": head.member, "number": String(head.number),
                    "hash": String(head.hash.prefix(12)),
                ])
        }
        lines += state.orders.map { order in
            say(
                order.isOpen ? "order" : "closedOrder",
                [
                    "owner": order.owner, "number": String(order.number),
                    "title": order.told.title, "hired": String(order.hired),
                    "positions": String(order.told.positions),
                ])
        }
        lines += state.cards.map { card in
            say("card", ["member": card.member, "number": String(card.number)])
        }
        lines += state.offers.filter { !$0.isHired }.map { offer in
            say(
                "offer",
                [
                    "member": offer.member, "number": String(offer.number),
                    "card": String(offer.card), "owner": offer.owner,
                    "order": String(offer.order),
                ])
        }
        lines += view.shares.map { share in
            func percent(_ value: Double?) -> String {
                value.map { String(Int($0.rounded())) } ?? "–"
            }
            return say(
                "share",
                [
                    "member": share.member, "orders": String(share.orders),
                    "cards": String(share.cards), "owned": String(share.hiresOwned),
                    "placed": String(share.hiresPlaced),
                    "orderShare": percent(share.orderShare),
                    "cardShare": percent(share.cardShare),
                    "hireShare": percent(share.hireShare),
                    "weightShare": percent(share.weightShare),
                ])
        }
        return lines
    }
}

struct PoolCandidatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candidates",
        abstract: "Rank the cards of all members for an order of the pool, with the points.",
        discussion: """
            Example:
              fodfaeste pool candidates --owner 0219 --order 12 --database var/herlev.sqlite
            """)

    @OptionGroup var options: PoolOptions
    @Option(help: "The member that has the order.") var owner: String
    @Option(help: "The order's number there.") var order: Int64
    @Option(help: "text or json.") var format = OutputFormat.text

    func validate() throws { try format.refuseCSV() }

    private struct Line: Encodable {
        var member: String
        var card: Int64
        var points: Int
        var most: Int
        /// Ids of what the order asks for and the card does not have.
        var missing: [String]
    }

    func run() async throws {
        try await options.run { house, actor, code in
            let found = try await PoolCase(house, chance: .system).candidates(
                for: order, of: owner, in: code, from: actor.municipality, by: actor,
                purpose: try options.purpose(code))
            guard let found else {
                throw FieldProblems([.init("order", "poolOrderUnknown")])
            }
            let lines = found.found.map { candidate in
                Line(
                    member: candidate.member, card: candidate.card,
                    points: candidate.suggestion.points, most: candidate.suggestion.most,
                    missing: candidate.suggestion.missing)
            }
            if format == .json { return try Console.write(json: lines) }
            for line in lines {
                print(
                    house.texts.text(
                        line.missing.isEmpty ? "pool.candidate" : "pool.candidateLacks",
                        options.common.lang,
                        [
                            "member": line.member, "card": String(line.card),
                            "points": String(line.points), "most": String(line.most),
                            "missing": line.missing.joined(separator: ", "),
                        ]))
            }
        }
    }
}
