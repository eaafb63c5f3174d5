/// One thing that is wrong with a document: where it stands, what was found there, and
/// what would be accepted.
public struct FileProblem: Hashable, Sendable {
    public var file: String
    /// Counted from 1; 0 when the file as a whole is meant.
    public var line: Int
    public var column: Int
    /// `targets[2].period`
    public var path: String
    /// The text of the file at this place, cut short.
    public var found: String
    public var problem: Kind
    /// What would be accepted, and other arguments of the problem's text.
    public var arguments: [String: String]

    /// - Parameters:
    ///   - line: counted from 1; 0 for the file as a whole.
    ///   - found: the text at this place; shown cut short.
    public init(
        file: String, line: Int, column: Int, path: String, found: String, problem: Kind,
        arguments: [String: String] = [:]
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.found = found
        self.problem = problem
        self.arguments = arguments
    }

    /// What is wrong: a key under `file.problem` in the string catalogue. Each language
    /// of documents has kinds of its own beside these.
    public struct Kind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public var rawValue: String
        public var description: String { rawValue }

        public init(rawValue: String) { self.rawValue = rawValue }

        public static let unreadable = Kind(rawValue: "unreadable")
        public static let notYAML = Kind(rawValue: "notYAML")
        public static let duplicateKey = Kind(rawValue: "duplicateKey")
        public static let expectedMapping = Kind(rawValue: "expectedMapping")
        public static let expectedList = Kind(rawValue: "expectedList")
        public static let emptyList = Kind(rawValue: "emptyList")
        public static let expectedText = Kind(rawValue: "expectedText")
        public static let missingKey = Kind(rawValue: "missingKey")
        public static let unknownKey = Kind(rawValue: "unknownKey")
        public static let notAWord = Kind(rawValue: "notAWord")
        public static let notAnIdentifier = Kind(rawValue: "notAnIdentifier")
        public static let notANumber = Kind(rawValue: "notANumber")
        public static let outOfRange = Kind(rawValue: "outOfRange")
        public static let notADate = Kind(rawValue: "notADate")
        public static let duplicateId = Kind(rawValue: "duplicateId")
        public static let unknownReference = Kind(rawValue: "unknownReference")
        public static let endsBeforeItBegins = Kind(rawValue: "endsBeforeItBegins")

        /// The kinds that every language of documents has.
        public static let shared: [Kind] = [
            .unreadable, .notYAML, .duplicateKey, .expectedMapping, .expectedList, .emptyList,
            .expectedText, .missingKey, .unknownKey, .notAWord, .notAnIdentifier, .notANumber,
            .outOfRange, .notADate, .duplicateId, .unknownReference, .endsBeforeItBegins,
        ]
    }

    /// One line: `file:line:column: path: found ...; accepted ...`.
    public func line(in language: Language, _ texts: TextCatalogue) -> String {
        var arguments = arguments
        arguments["found"] = found
        var message = texts.text("file.problem.\(problem)", language, arguments)
        if let near = arguments["suggestion"] {
            message += " " + texts.text("file.problem.suggestion", language, ["suggestion": near])
        }
        let place = path.isEmpty ? "" : "\(path): "
        return "\(file):\(line):\(column): \(place)\(message)"
    }
}

/// Every problem of a file, in the order of their places.
public struct FileProblems: Error, Hashable, Sendable {
    public var all: [FileProblem]

    public init(all: [FileProblem]) { self.all = all }
}
