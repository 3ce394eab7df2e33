using System.Linq;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// One handler method; types are fully qualified. <paramref name="Types"/> and <paramref name="Parameters"/> are those
/// of the generated method, <paramref name="Arguments"/> what it calls the handler with.
/// </summary>
/// <param name="Problem">Why it can't be generated; null when it can.</param>
internal sealed record Handler(
    string Namespace, string Class, string ClassName, string Method, string Types, string Parameters,
    string Arguments, string ReturnType, bool ReturnsValue, string Problem, Location Location)
{
    public static Handler Read(GeneratorAttributeSyntaxContext context)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var type = method.ContainingType;
        var call = Call.Of(method);
        return new(
            type.ContainingNamespace.ToDisplayString(),
            Full(type),
            type.Name,
            method.Name,
            call.Types,
            call.Parameters,
            call.Arguments,
            Full(method.ReturnType),
            method.ReturnType is INamedTypeSymbol { IsGenericType: true },
            call.Problem ?? ProblemOf(method),
            method.Locations.FirstOrDefault());
    }

    public static string Full(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static string ProblemOf(IMethodSymbol method) => true switch
    {
        _ when method.IsStatic || method.DeclaredAccessibility != Accessibility.Public =>
            "is not a public instance method",
        _ when method.IsGenericMethod || method.ContainingType.IsGenericType
            || method.ContainingType.ContainingType is not null => "is generic or nested",
        _ when method.ContainingType.ContainingNamespace.IsGlobalNamespace => "has no namespace",
        _ => null,
    };
}

/// <summary>What the assembly's own attributes say.</summary>
internal sealed record AssemblySettings(string Serializer, bool GenerateMain)
{
    public static AssemblySettings Read(Compilation compilation)
    {
        string serializer = null;
        var generateMain = false;
        foreach (var attribute in compilation.Assembly.GetAttributes())
        {
            switch (attribute.AttributeClass?.ToDisplayString())
            {
                case "Amazon.Lambda.Core.LambdaSerializerAttribute"
                    when attribute.ConstructorArguments is [{ Value: ITypeSymbol type }]:
                    serializer = Handler.Full(type);
                    break;
                case "Amazon.Lambda.Annotations.LambdaGlobalPropertiesAttribute":
                    generateMain = attribute.NamedArguments.Any(a => a is { Key: "GenerateMain", Value.Value: true });
                    break;
            }
        }

        return new(serializer, generateMain);
    }
}
