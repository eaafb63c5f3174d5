/// For each word the documents that hold it, in ascending order, and what the
/// word contributes to each one's score.
///
/// Eight bytes a posting. Words that stand in many documents have a bit for
/// every document as well, with a count of the bits before each 64, so that a
/// document is looked up among them in a few steps; that is 12 bytes for each 64
/// documents.
struct Postings: Sendable {
    /// Where each word's postings begin; one more than there are words.
    let starts: [Int]
    let documents: [UInt32]
    let impacts: [Float]
    /// The highest contribution of each word.
    let most: [Float]
    /// What the tenth and the hundredth best document of each word get from it,
    /// and nothing where there are fewer.
    let tenth: [Float]
    let hundredth: [Float]
    /// Which map of bits each word has, or -1.
    let maps: [Int32]
    let bits: [UInt64]
    let before: [UInt32]
    /// Groups of 64 documents in a map.
    let stride: Int
    let documentCount: Int

    /// A word in fewer than one of so many documents gets no map of bits.
    private static let sparse = 256

    init(starts: [Int], documents: [UInt32], impacts: [Float], of documentCount: Int) {
        self.starts = starts
        self.documents = documents
        self.impacts = impacts
        self.documentCount = documentCount
        let words = starts.count - 1
        var most = [Float](repeating: 0, count: words)
        var tenth = most
        var hundredth = most
        var maps = [Int32](repeating: -1, count: words)
        var mapped: Int32 = 0
        for word in 0..<words {
            let best = Postings.best(impacts[starts[word]..<starts[word + 1]], 100)
            most[word] = best.first ?? 0
            if best.count >= 10 { tenth[word] = best[9] }
            if best.count >= 100 { hundredth[word] = best[99] }
            if (starts[word + 1] - starts[word]) * Postings.sparse > documentCount {
                maps[word] = mapped
                mapped += 1
            }
        }
        stride = (documentCount + 63) / 64
        var bits = [UInt64](repeating: 0, count: Int(mapped) * stride)
        var before = [UInt32](repeating: 0, count: Int(mapped) * stride)
        for word in 0..<words where maps[word] >= 0 {
            let base = Int(maps[word]) * stride
            for place in starts[word]..<starts[word + 1] {
                let document = Int(documents[place])
                bits[base + document >> 6] |= 1 << UInt64(document & 63)
            }
            var count: UInt32 = 0
            for group in base..<base + stride {
                before[group] = count
                count += UInt32(bits[group].nonzeroBitCount)
            }
        }
        self.most = most
        self.tenth = tenth
        self.hundredth = hundredth
        self.maps = maps
        self.bits = bits
        self.before = before
    }

    /// The `count` highest numbers, the highest first.
    private static func best(_ numbers: ArraySlice<Float>, _ count: Int) -> [Float] {
        var kept: [Float] = []
        var least: Float = 0
        for number in numbers where kept.count < 2 * count || number > least {
            kept.append(number)
            if kept.count == 4 * count {
                kept.sort(by: >)
                kept.removeLast(3 * count)
                least = kept[count - 1]
            }
        }
        kept.sort(by: >)
        return Array(kept.prefix(count))
    }

    /// Calls `body` with the arrays as pointers, which it may not keep.
    func withPointers<Value>(_ body: (PostingPointers) -> Value) -> Value {
        documents.withUnsafeBufferPointer { documents in
            impacts.withUnsafeBufferPointer { impacts in
                bits.withUnsafeBufferPointer { bits in
                    before.withUnsafeBufferPointer { before in
                        body(
                            PostingPointers(
                                documents: documents, impacts: impacts, bits: bits, before: before))
                    }
                }
            }
        }
    }
}

/// The arrays of postings while they are read.
struct PostingPointers {
    let documents: UnsafeBufferPointer<UInt32>
    let impacts: UnsafeBufferPointer<Float>
    let bits: UnsafeBufferPointer<UInt64>
    let before: UnsafeBufferPointer<UInt32>

    /// What the word of `term` contributes to the document's score; nothing when
    /// the document does not hold it.
    @inline(__always)
    func impact(of term: QueryTerm, on document: UInt32) -> Float {
        guard term.map >= 0 else { return found(term, document) }
        let group = term.map + Int(document >> 6)
        let bit = UInt64(1) << UInt64(document & 63)
        let bits = bits[group]
        guard bits & bit != 0 else { return 0 }
        return impacts[term.start + Int(before[group]) + (bits & (bit - 1)).nonzeroBitCount]
    }

    private func found(_ term: QueryTerm, _ document: UInt32) -> Float {
        var (low, high) = (term.start, term.end)
        while low < high {
            let middle = (low + high) >> 1
            if documents[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low < term.end && documents[low] == document ? impacts[low] : 0
    }
}

/// One distinct word of a query.
struct QueryTerm {
    /// Where its postings begin and end.
    var start: Int
    var end: Int
    /// Where its map of bits begins, or -1.
    var map: Int
    /// How often it stands in the query.
    var times: Float
    /// The most it can contribute, repetitions included.
    var most: Float
    /// What it and all words after it can contribute together.
    var rest: Float = 0
    /// Its place among the words of the query.
    var order: Int
    var word: Int32
}
