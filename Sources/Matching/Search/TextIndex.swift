/// A full-text index of numbered documents, which does not change once it is
/// built and may be asked by many at once.
///
/// Documents are weighed by ``Scoring`` (BM25), and what each word contributes to
/// each document is worked out when the index is built. Eight bytes for each
/// distinct word of each document, and little besides.
public struct TextIndex: Sendable {
    let vocabulary: WordTable
    let postings: Postings
    /// What repetitions are weighed against in each document.
    private let norms: [Double]
    /// The weight of each word.
    private let weights: [Double]

    init(vocabulary: WordTable, norms: [Double], weights: [Double], postings: Postings) {
        self.vocabulary = vocabulary
        self.norms = norms
        self.weights = weights
        self.postings = postings
    }

    /// The index of these texts, numbered in their order. O(all words).
    public init(_ texts: some Sequence<String>, scoring: Scoring = Scoring()) {
        var builder = Builder(scoring)
        for text in texts { builder.add(text) }
        self = builder.finish()
    }

    /// How many documents there are.
    public var documentCount: Int { norms.count }
    /// How many distinct words there are.
    public var wordCount: Int { vocabulary.count }
    /// How many times a document and a word meet.
    public var postingCount: Int { postings.documents.count }

    /// The `top` documents with the highest scores, the best first and the lower
    /// number first among equals. A document without any word of the query is no
    /// hit. A word that stands twice in the query counts twice.
    ///
    /// At worst O(postings of the query's words); mostly far less, since documents
    /// that cannot be among the best any more are passed over.
    public func search(_ query: String, top: Int = 10) -> [Hit] {
        var terms: [QueryTerm] = []
        var scanner = WordScanner()
        scanner.scan(query) { append($0, &terms) }
        return best(top, of: &terms)
    }

    /// The same for a query given as words that are folded already.
    public func search(words: some Sequence<String>, top: Int = 10) -> [Hit] {
        var terms: [QueryTerm] = []
        for word in words { WordScanner.scan(word: word) { append($0, &terms) } }
        return best(top, of: &terms)
    }

    /// Why a document has its score: each distinct word of the query that it
    /// holds, in the order of the query. The contributions add up to the score.
    /// O(words of the query × log documents).
    public func explain(_ query: String, document: Int) -> [Contribution] {
        guard norms.indices.contains(document) else { return [] }
        var terms: [QueryTerm] = []
        var scanner = WordScanner()
        scanner.scan(query) { append($0, &terms) }
        return postings.withPointers { pointers in
            terms.compactMap { term in
                let impact = pointers.impact(of: term, on: UInt32(document))
                guard impact > 0 else { return nil }
                let weight = weights[Int(term.word)]
                // The contribution solved for how often the word stands there.
                let occurrences = Double(impact) * norms[document] / (weight - Double(impact))
                return Contribution(
                    word: vocabulary.word(term.word), timesInQuery: Int(term.times),
                    occurrences: norms[document] > 0 ? Int(occurrences.rounded()) : nil,
                    documents: term.end - term.start, weight: weight, score: impact * term.times)
            }
        }
    }

    /// How many documents hold the word, which need not be folded.
    public func documents(holding word: String) -> Int {
        var terms: [QueryTerm] = []
        WordScanner.scan(word: Folding.folded(word)) { append($0, &terms) }
        return terms.first.map { $0.end - $0.start } ?? 0
    }

    private func append(_ word: UnsafeBufferPointer<UInt8>, _ terms: inout [QueryTerm]) {
        guard let number = vocabulary.number(of: word) else { return }
        let word = postings.words[Int(number)]
        if let index = terms.firstIndex(where: { $0.word == number }) {
            terms[index].times += 1
            terms[index].most = word.most * terms[index].times
            terms[index].tenth = word.tenth * terms[index].times
            terms[index].hundredth = word.hundredth * terms[index].times
            return
        }
        terms.append(
            QueryTerm(
                start: Int(word.start), end: Int(word.end), map: Int(word.map), times: 1,
                most: word.most, tenth: word.tenth, hundredth: word.hundredth,
                order: terms.count, word: number))
    }
}

/// A document that a search found.
public struct Hit: Hashable, Sendable {
    /// The document's number.
    public var document: Int
    /// How well it fits; it can be compared within one search only.
    public var score: Float

    public init(document: Int, score: Float) {
        self.document = document
        self.score = score
    }

    func isBetter(than other: Hit) -> Bool {
        score != other.score ? score > other.score : document < other.document
    }
}

/// What one word of a query gives one document.
public struct Contribution: Hashable, Sendable {
    /// The folded word.
    public var word: String
    /// How often it stands in the query.
    public var timesInQuery: Int
    /// How often it stands in the document; nil when repetitions do not count.
    public var occurrences: Int?
    /// How many documents hold it.
    public var documents: Int
    /// Its weight: the rarer, the higher.
    public var weight: Double
    /// Its part of the document's score.
    public var score: Float

    public init(
        word: String, timesInQuery: Int, occurrences: Int?, documents: Int, weight: Double,
        score: Float
    ) {
        self.word = word
        self.timesInQuery = timesInQuery
        self.occurrences = occurrences
        self.documents = documents
        self.weight = weight
        self.score = score
    }
}
