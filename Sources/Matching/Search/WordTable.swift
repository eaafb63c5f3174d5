/// Numbers for folded words, from nothing upwards, kept without a string for
/// each: the letters of all words stand in one array.
struct WordTable: Sendable {
    private var letters: [UInt8] = []
    /// Where each word ends in `letters`; it begins where the one before it ends.
    private var ends: [Int32] = []
    /// Open addressing: a word's number with its hash at the hash's place or the next
    /// free one.
    private var places: [Place] = Array(repeating: Place(), count: 1 << 12)

    private struct Place: Sendable {
        var hash: UInt32 = 0
        /// -1 where there is none.
        var number: Int32 = -1
    }

    var count: Int { ends.count }

    /// The number of the word, or nil when no document holds it. O(length).
    func number(of word: UnsafeBufferPointer<UInt8>) -> Int32? {
        let place = place(of: word, WordTable.hash(word))
        let number = places[place].number
        return number < 0 ? nil : number
    }

    /// The number of the word, a new one when it is met for the first time.
    mutating func add(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = WordTable.hash(word)
        let place = place(of: word, hash)
        if places[place].number >= 0 { return places[place].number }
        let number = Int32(ends.count)
        places[place] = Place(hash: hash, number: number)
        letters.append(contentsOf: word)
        ends.append(Int32(letters.count))
        if ends.count * 2 > places.count { grow() }
        return number
    }

    /// The word with this number.
    func word(_ number: Int32) -> String {
        String(decoding: letters[range(number)], as: UTF8.self)
    }

    private func range(_ number: Int32) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[Int(number) - 1]))..<Int(ends[Int(number)])
    }

    private func place(of word: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
        let mask = places.count - 1
        var place = Int(hash) & mask
        while places[place].number >= 0 {
            if places[place].hash == hash, isEqual(places[place].number, word) { return place }
            place = (place + 1) & mask
        }
        return place
    }

    private func isEqual(_ number: Int32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == word.count else { return false }
        for index in 0..<word.count where letters[range.lowerBound + index] != word[index] {
            return false
        }
        return true
    }

    private mutating func grow() {
        let old = places
        places = Array(repeating: Place(), count: old.count * 2)
        let mask = places.count - 1
        for one in old where one.number >= 0 {
            var place = Int(one.hash) & mask
            while places[place].number >= 0 { place = (place + 1) & mask }
            places[place] = one
        }
    }

    /// FNV-1a with a last mixing, because only the low bits choose the place.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in word { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        hash ^= hash >> 15
        hash = hash &* 0x85EB_CA6B
        return hash ^ hash >> 13
    }
}
