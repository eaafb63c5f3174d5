import Identifiers
import Registry
import Storage

/// Citizens by the words of their names, so that a search as one types reads nobody else.
struct NameIndex: Sendable {
    /// The citizens in the Danish order of their names.
    private let citizens: [CitizenID]
    /// Every word of a name, in order, and whose it is: a place among the citizens.
    private let words: [[UInt8]]
    private let owners: [Int32]
    /// The places of each citizen's words, one citizen after the other.
    private var places: [Int32]
    private var firstPlace: [Int32]

    /// O(n log n) for n citizens.
    init(_ names: [CitizenName]) {
        let sorted = names.sorted { ($0.sortKey, $0.id) < ($1.sortKey, $1.id) }
        citizens = sorted.map(\.id)
        var all: [(word: [UInt8], owner: Int32)] = []
        all.reserveCapacity(names.count * 3)
        for (owner, name) in sorted.enumerated() {
            for word in name.words { all.append((Array(word.utf8), Int32(owner))) }
        }
        all.sort { $0.word.lexicographicallyPrecedes($1.word) }
        words = all.map(\.word)
        owners = all.map(\.owner)
        var counts = [Int32](repeating: 0, count: citizens.count + 1)
        for owner in owners { counts[Int(owner) + 1] += 1 }
        for place in 1..<counts.count { counts[place] += counts[place - 1] }
        firstPlace = counts
        places = [Int32](repeating: 0, count: owners.count)
        for (place, owner) in owners.enumerated() {
            places[Int(counts[Int(owner)])] = Int32(place)
            counts[Int(owner)] += 1
        }
    }

    /// The first `limit` citizens, in the order of their names, who have for each of
    /// `beginnings` a word of the name that begins with it. Nobody for no beginnings.
    /// O(log n + words that begin with the rarest of them).
    func citizens(named beginnings: [String], limit: Int) -> [CitizenID] {
        let ranges = beginnings.map { range(Array($0.utf8)) }.sorted { $0.count < $1.count }
        guard let rarest = ranges.first else { return [] }
        // The first so far, in order; most that come later are passed by at once.
        var found: [Int32] = []
        for place in rarest {
            let owner = owners[place]
            if found.count == limit, owner >= found[limit - 1] { continue }
            guard ranges.dropFirst().allSatisfy({ has(owner, $0) }) else { continue }
            let index = found.firstIndex { $0 >= owner } ?? found.count
            if index < found.count, found[index] == owner { continue }
            found.insert(owner, at: index)
            if found.count > limit { found.removeLast() }
        }
        return found.map { citizens[Int($0)] }
    }

    private func has(_ owner: Int32, _ range: Range<Int>) -> Bool {
        let own = firstPlace[Int(owner)]..<firstPlace[Int(owner) + 1]
        return own.contains { range.contains(Int(places[Int($0)])) }
    }

    /// The places of the words that begin so.
    private func range(_ beginning: [UInt8]) -> Range<Int> {
        let first = place { !$0.lexicographicallyPrecedes(beginning) }
        let last = place { !$0.starts(with: beginning) && beginning.lexicographicallyPrecedes($0) }
        return first..<max(first, last)
    }

    /// The first place from which on `isBehind` holds.
    private func place(_ isBehind: ([UInt8]) -> Bool) -> Int {
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(words[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// Keeps the index until a citizen is registered anew.
actor NameShelf {
    private let storage: any StorageEngine
    private var kept: (municipality: MunicipalityCode, ledgerNumber: Int64, index: NameIndex)?

    init(_ storage: any StorageEngine) { self.storage = storage }

    func index(of municipality: MunicipalityCode) async throws -> NameIndex {
        let number = try await storage.read {
            try StoreReader($0).lastRegistration(of: .citizen, in: municipality)
        }
        if let kept, kept.municipality == municipality, kept.ledgerNumber == number {
            return kept.index
        }
        let index = NameIndex(
            try await storage.read { try StoreReader($0).names(of: municipality) })
        kept = (municipality, number, index)
        return index
    }
}
