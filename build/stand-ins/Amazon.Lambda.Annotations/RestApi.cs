using System;

namespace Amazon.Lambda.Annotations.APIGateway;

public enum LambdaHttpMethod
{
    Any,
    Get,
    Post,
    Put,
    Patch,
    Head,
    Delete,
    Options,
}

public enum RestApiAuthorizerType
{
    Token,
    Request,
}

/// <summary>
/// Marks a handler that a REST API calls by proxy integration: parts of the template are bound to parameters of their
/// name.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public class RestApiAttribute : Attribute
{
    public RestApiAttribute(LambdaHttpMethod method, string template) => (Method, Template) = (method, template);

    public LambdaHttpMethod Method { get; set; }

    public string Template { get; set; }
}

/// <summary>Marks a handler that a REST API asks who may call it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class RestApiAuthorizerAttribute : Attribute
{
    public RestApiAuthorizerType Type { get; set; } = RestApiAuthorizerType.Token;
}
