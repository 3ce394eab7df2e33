using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Isobar.Tidy.Tests;

/// <summary>Documents are written by writers, and every number of AWS's says where it comes from.</summary>
public sealed partial class WrittenByHand
{
    // The fixed parts of a curated row, of which there are millions; CuratedRow says why that is safe.
    private const string RowWriter = "layers/shared/Isobar.Domain/Rows/Measure.cs";

    [Theory]
    [InlineData("functions")]
    [InlineData("layers")]
    [InlineData("extensions")]
    [InlineData("infra/local")]
    public void No_JSON_or_XML_is_put_together_from_strings(string room)
    {
        var found =
            from path in Repository.Files(room, ".cs")
            where path != RowWriter
            from node in Nodes(path)
            where node is InterpolatedStringExpressionSyntax { Contents: var parts }
                && parts.OfType<InterpolationSyntax>().Any()
                && Markup().IsMatch(string.Concat(parts.OfType<InterpolatedStringTextSyntax>()))
                || node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum
                && sum.ChildNodes().Any(part => part is LiteralExpressionSyntax && Markup().IsMatch(part.ToString()))
            select $"{path}: {node}";

        Assert.Empty(found);
    }

    [Fact]
    public void Every_class_of_limits_says_where_its_numbers_come_from()
    {
        var silent =
            from path in Repository.Files("infra/local", "Limits.cs")
            from type in Nodes(path).OfType<TypeDeclarationSyntax>()
            where !Names(type, "Source")
            from number in type.Members.OfType<FieldDeclarationSyntax>()
            where !Names(number, "Source") && !Names(number, "Ours")
            select $"{path}: {number.Declaration}";

        Assert.Empty(silent);
    }

    private static IEnumerable<SyntaxNode> Nodes(string path) =>
        CSharpSyntaxTree.ParseText(Repository.Text(path)).GetRoot().DescendantNodes();

    private static bool Names(SyntaxNode declaration, string word) =>
        declaration.GetLeadingTrivia().ToString().Contains(word, StringComparison.Ordinal);

    // A member's name and its colon, or a closing tag.
    [GeneratedRegex(@"\\?""\w+\\?"" *:|</\w+>")]
    private static partial Regex Markup();
}
