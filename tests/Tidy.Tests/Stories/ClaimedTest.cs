using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Isobar.Tidy.Tests.Stories;

/// <summary>A story or a unit test, and the statements about Lambda that it shows.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Claims">Ids of <c>[Claim]</c> on it or on its class.</param>
internal sealed record ClaimedTest(string Path, string Class, string Name, IReadOnlyList<string> Claims)
{
    /// <summary>Every test of every file that has a <c>[Claim]</c>.</summary>
    public static IReadOnlyList<ClaimedTest> All { get; } =
    [
        .. from folder in (string[])["tests/System.Tests", "tests/Local.Tests", "tests/Functions.Tests"]
           from path in Repository.Files(folder, ".cs")
           where Repository.Text(path).Contains("[Claim(\"", StringComparison.Ordinal)
           from type in CSharpSyntaxTree.ParseText(Repository.Text(path)).GetRoot().DescendantNodes()
               .OfType<ClassDeclarationSyntax>()
           from method in type.Members.OfType<MethodDeclarationSyntax>()
           where Story.Named(method, "Fact", "Theory").Any()
           select new ClaimedTest(
               path, type.Identifier.Text, method.Identifier.Text, [.. Ids(type), .. Ids(method)]),
    ];

    /// <summary>The class, if all of its tests show the claim; else what the test's name says.</summary>
    public string TitleFor(string claim) =>
        All.Where(other => other.Path == Path && other.Class == Class).All(other => other.Claims.Contains(claim))
            ? Class
            : Name.Replace('_', ' ');

    private static IEnumerable<string> Ids(MemberDeclarationSyntax declaration) =>
        Story.Named(declaration, "Claim")
            .Select(mark => (LiteralExpressionSyntax)mark.ArgumentList!.Arguments.Single().Expression)
            .Select(id => id.Token.ValueText);
}
