import Identifiers
import Matching
import Parameters
import Registry

extension OrderBook {
    /// Orders that fit what somebody looks for, the latest first: those whose occupation is the
    /// one meant, or in the same group of it (three digits of ISCO-08), and those that have
    /// every word in their title, text, company, occupation or place. All for an empty text.
    /// O(orders).
    public func search(
        _ text: String, _ books: MatchingBooks, _ names: [ProductionUnitNumber: Company]
    ) -> [OrderSummary] {
        let words = Folding.folded(text).split { !$0.isLetter && !$0.isNumber }
        if words.isEmpty { return orders.reversed() }
        let meant = books.coder.code(text).occupationIDs
        return orders.reversed().filter { order in
            guard let description = order.description else { return false }
            let isMeant = meant.contains { id in
                id == description.occupation
                    || books.taxonomy.nearness(of: id, to: description.occupation)
                        .map { $0.sharedDigits >= 3 } ?? false
            }
            if isMeant { return true }
            let place = books.place(description.postcode)
            let occupation = books.taxonomy.occupation(description.occupation)
            let told = Folding.folded(
                [
                    description.title, description.text, names[order.order.unit]?.name ?? "",
                    occupation?.label ?? "", occupation?.english ?? "", description.postcode,
                    place?.name ?? "",
                ].joined(separator: " "))
            return words.allSatisfy { told.contains($0) }
        }
    }
}
