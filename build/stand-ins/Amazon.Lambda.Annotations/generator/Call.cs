using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>How a handler is called: plainly with its event, or with what its API attribute binds.</summary>
/// <param name="Problem">What the handler has that is not built here; null when all is.</param>
internal sealed record Call(string Types, string Parameters, string Arguments, string Problem)
{
    private const string Context = "Amazon.Lambda.Core.ILambdaContext";
    private const string Attributes = "Amazon.Lambda.Annotations.APIGateway.";
    private const string Events = "Amazon.Lambda.APIGatewayEvents.";

    public static Call Of(IMethodSymbol method)
    {
        if (Attribute(method, "RestApiAttribute") is { } api)
        {
            return Api(method, (string)api.ConstructorArguments[1].Value);
        }

        if (Attribute(method, "RestApiAuthorizerAttribute") is not null)
        {
            return Bound(
                method, Events + "APIGatewayCustomAuthorizerRequest",
                Events + "APIGatewayCustomAuthorizerResponse", []);
        }

        return Plain(method);
    }

    private static Call Plain(IMethodSymbol method)
    {
        var parameters = method.Parameters;
        var takesContext = parameters.Length == 2 && parameters[1].Type.ToDisplayString() == Context;
        var isTask = method.ReturnType.ToDisplayString().StartsWith(
            "System.Threading.Tasks.Task", StringComparison.Ordinal);
        var problem = true switch
        {
            _ when !isTask => "returns neither Task nor Task<T>",
            _ when parameters.Length is < 1 or > 2 => "takes neither one nor two parameters",
            _ when parameters.Length == 2 && !takesContext => "has a second parameter that is not ILambdaContext",
            _ => null,
        };
        var type = parameters.Length == 0 ? null : Handler.Full(parameters[0].Type);
        return takesContext
            ? new(
                $"{type}, global::{Context}", $"{type} __event__, global::{Context} __context__",
                "__event__, __context__", problem)
            : new(type, $"{type} __event__", "__event__", problem);
    }

    // A string that is named like a part of the template is bound to it; the real generator fails where one is missing.
    private static Call Api(IMethodSymbol method, string template)
    {
        var route = template.Split('/')
            .Where(part => part.StartsWith("{", StringComparison.Ordinal))
            .Select(part => part.Trim('{', '}', '+'))
            .ToList();
        var call = Bound(method, Events + "APIGatewayProxyRequest", Events + "APIGatewayProxyResponse", route);
        var missing = route.FirstOrDefault(name => method.Parameters.All(parameter => parameter.Name != name));
        return missing is null ? call : call with { Problem = $"lacks the parameter {missing} of its template" };
    }

    private static Call Bound(IMethodSymbol method, string request, string response, IReadOnlyList<string> route)
    {
        var arguments = new List<string>();
        var problem = method.ReturnType.ToDisplayString() == $"System.Threading.Tasks.Task<{response}>"
            ? null
            : $"does not return Task<{response}>";
        foreach (var parameter in method.Parameters)
        {
            var type = parameter.Type.ToDisplayString();
            if (type == request)
            {
                arguments.Add("__request__");
            }
            else if (type == Context)
            {
                arguments.Add("__context__");
            }
            else if (type == "string" && route.Contains(parameter.Name) && parameter.GetAttributes().IsEmpty)
            {
                arguments.Add(
                    $"__request__.PathParameters?.ContainsKey(\"{parameter.Name}\") == true "
                    + $"? __request__.PathParameters[\"{parameter.Name}\"] : null");
            }
            else
            {
                problem = $"has a parameter {parameter.Name} that is not the request, the context or a string "
                    + "named in its template";
            }
        }

        return new(
            $"global::{request}, global::{Context}", $"global::{request} __request__, global::{Context} __context__",
            string.Join(", ", arguments), problem);
    }

    private static AttributeData Attribute(IMethodSymbol method, string name) =>
        method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == Attributes + name);
}
