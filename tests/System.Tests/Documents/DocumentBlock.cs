using System.Text.RegularExpressions;

namespace Isobar.Stories.Documents;

/// <summary>A block of shell commands in a document.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="NeedsAccount">It begins with the comment <c># account</c>.</param>
internal sealed partial record DocumentBlock(int Line, string Text, bool NeedsAccount)
{
    private const string AccountMark = "# account";

    /// <summary>The blocks of a document that are marked as <c>sh</c>, in their order.</summary>
    public static IReadOnlyList<DocumentBlock> In(string document) =>
    [
        .. from Match block in Block().Matches(document)
           let text = block.Groups["text"].Value
           select new DocumentBlock(
               document.AsSpan(0, block.Index).Count('\n') + 1, text,
               text.StartsWith(AccountMark, StringComparison.Ordinal)),
    ];

    /// <summary>The commands of this repository's own program in the block, without its name.</summary>
    public IEnumerable<string> OwnCommands() =>
        Text.Split('\n').Where(line => !line.StartsWith('#'))
            .SelectMany(line => OwnCommand().Matches(line)).Select(match => match.Groups["arguments"].Value.Trim());

    [GeneratedRegex(@"^```sh\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?:^|\$\()isobar (?<arguments>[a-z][^)""|]*)")]
    private static partial Regex OwnCommand();
}
