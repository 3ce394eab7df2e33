using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// Generates what the real package generates for plain functions and for those of a REST API. Anything else is an error
/// here, so that nothing silently means less than it does with the real package.
/// </summary>
[Generator]
public sealed class Generator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor Unsupported = Error(
        "STANDIN001", "The stand-in of Amazon.Lambda.Annotations can't generate {0}: it {1}");

    private static readonly DiagnosticDescriptor NoSerializer = Error(
        "STANDIN002", "Handlers need [assembly: LambdaSerializer(typeof(...))]{0}{1}");

    private static readonly DiagnosticDescriptor ManyStartups = Error(
        "STANDIN003", "Only one class may have [LambdaStartup]: {0} and {1} have it");

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var handlers = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Amazon.Lambda.Annotations.LambdaFunctionAttribute",
            (node, _) => node is MethodDeclarationSyntax,
            (found, _) => Handler.Read(found)).Collect();
        var startups = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Amazon.Lambda.Annotations.LambdaStartupAttribute",
            (node, _) => node is ClassDeclarationSyntax,
            (found, _) => Handler.Full((ITypeSymbol)found.TargetSymbol)).Collect();
        var settings = context.CompilationProvider.Select((compilation, _) => AssemblySettings.Read(compilation));
        context.RegisterSourceOutput(
            handlers.Combine(startups).Combine(settings),
            (output, all) => Generate(output, all.Left.Left, all.Left.Right, all.Right));
    }

    private static void Generate(
        SourceProductionContext output,
        ImmutableArray<Handler> handlers,
        ImmutableArray<string> startups,
        AssemblySettings settings)
    {
        if (handlers.IsEmpty)
        {
            return;
        }

        foreach (var handler in handlers.Where(h => h.Problem is not null))
        {
            output.ReportDiagnostic(
                Diagnostic.Create(Unsupported, handler.Location, handler.Method, handler.Problem));
        }

        if (settings.Serializer is null)
        {
            output.ReportDiagnostic(Diagnostic.Create(NoSerializer, handlers[0].Location, "", ""));
            return;
        }

        if (startups.Length > 1)
        {
            output.ReportDiagnostic(Diagnostic.Create(ManyStartups, null, startups[0], startups[1]));
            return;
        }

        var sound = handlers.Where(h => h.Problem is null).ToList();
        foreach (var handler in sound)
        {
            var source = HandlerSource.Write(handler, startups.FirstOrDefault(), settings.Serializer);
            output.AddSource($"{handler.ClassName}_{handler.Method}_Generated.g.cs", Text(source));
        }

        if (settings.GenerateMain && sound.Count > 0)
        {
            output.AddSource("Program.g.cs", Text(ProgramSource.Write(sound, settings.Serializer)));
        }
    }

    private static SourceText Text(string source) => SourceText.From(source, Encoding.UTF8);

    private static DiagnosticDescriptor Error(string id, string message) =>
        new(id, message, message, "Isobar.StandIns", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
