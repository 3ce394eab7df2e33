using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Isobar.Tidy.Tests;

/// <summary>Functions stay short enough to be read in one look.</summary>
public sealed class MemberLength
{
    [Fact]
    public void No_function_reaches_60_lines()
    {
        var tooLong =
            from path in Repository.Files("", ".cs")
            let tree = CSharpSyntaxTree.ParseText(Repository.Text(path))
            from member in tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            let lines = Lines(member)
            where lines >= 60
            select $"{path}: {Name(member)} has {lines} lines";

        var all = tooLong.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static int Lines(SyntaxNode member)
    {
        var span = member.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Name(BaseMethodDeclarationSyntax member) =>
        member is MethodDeclarationSyntax method ? method.Identifier.Text : member.Kind().ToString();
}
