using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>One handler method; types are fully qualified. A null problem means that it can be generated.</summary>
internal sealed record Handler(
    string Namespace, string Class, string ClassName, string Method, string EventType, bool TakesContext,
    string ReturnType, bool ReturnsValue, string Problem, Location Location)
{
    private const string Context = "Amazon.Lambda.Core.ILambdaContext";

    public static Handler Read(GeneratorAttributeSyntaxContext context)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var type = method.ContainingType;
        var parameters = method.Parameters;
        var takesContext = parameters.Length == 2 && parameters[1].Type.ToDisplayString() == Context;
        var isTask = method.ReturnType.ToDisplayString().StartsWith(
            "System.Threading.Tasks.Task", StringComparison.Ordinal);
        var problem = true switch
        {
            _ when !isTask => "returns neither Task nor Task<T>",
            _ when parameters.Length is < 1 or > 2 => "takes neither one nor two parameters",
            _ when parameters.Length == 2 && !takesContext => "has a second parameter that is not ILambdaContext",
            _ when method.IsStatic || method.DeclaredAccessibility != Accessibility.Public =>
                "is not a public instance method",
            _ when method.IsGenericMethod || type.IsGenericType || type.ContainingType is not null =>
                "is generic or nested",
            _ when type.ContainingNamespace.IsGlobalNamespace => "has no namespace",
            _ => null,
        };
        return new(
            type.ContainingNamespace.ToDisplayString(),
            Full(type),
            type.Name,
            method.Name,
            parameters.Length == 0 ? null : Full(parameters[0].Type),
            takesContext,
            Full(method.ReturnType),
            method.ReturnType is INamedTypeSymbol { IsGenericType: true },
            problem,
            method.Locations.FirstOrDefault());
    }

    public static string Full(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
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
