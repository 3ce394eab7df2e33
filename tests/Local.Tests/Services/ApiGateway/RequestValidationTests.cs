namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>Request validators. Facts: the messages that AWS gave.</summary>
public sealed class RequestValidationTests
{
    private const string Integration = """
                x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: INVOKE}
            """;

    [Theory]
    [InlineData("/", null, "Missing required request parameters: [x-header-param, qs1]")]
    [InlineData("/?qs1=1", null, "Missing required request parameters: [x-header-param]")]
    [InlineData("/?qs1=", "1", "Missing required request parameters: [qs1]")]
    [InlineData("/?qs1=1", "1", null)]
    public async Task Missing_parameters_are_named_in_order(string path, string? header, string? message)
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync($$$"""
            /:
              get:
                x-amazon-apigateway-request-validator: parameters
                parameters:
                  - {name: qs1, in: query, required: true}
                  - {name: x-header-param, in: header, required: true, schema: {type: string}}
                  - {name: other, in: header}
            {{{Integration}}}
            """, "x-amazon-apigateway-request-validators: {parameters: {validateRequestParameters: true}}");
        var answer = await api.GetAsync(path, header is null ? [] : [("X-Header-Param", header)]);
        Assert.Equal(message is null ? 200 : 400, answer.Status);
        if (message is null) return;
        Assert.Equal(message, (string?)answer.Json["message"]);
        Assert.Equal("BadRequestException", answer.Header("x-amzn-ErrorType"));
    }

    [Theory]
    [InlineData("{type: object}", "{}", null)]
    [InlineData("{type: object}", "[]",
        """[instance type (array) does not match any allowed primitive type (allowed: ["object"])]""")]
    [InlineData("{required: [a, b]}", """{"b":1}""", """[object has missing required properties (["a"])]""")]
    [InlineData("{additionalProperties: false, properties: {a: {}}}", """{"a":1}""", null)]
    [InlineData("{additionalProperties: false, properties: {a: {}}}", """{"b":1}""",
        """[object instance has properties which are not allowed by the schema: ["b"]]""")]
    [InlineData("{additionalProperties: {type: string}}", """{"b":1}""", "[instance type (integer)")]
    [InlineData("{properties: {a: {enum: [1, x]}}}", """{"a":"x"}""", null)]
    [InlineData("{properties: {a: {enum: [1, x]}}}", """{"a":2}""", "[instance value (2) not found in enum]")]
    [InlineData("{properties: {a: {pattern: '^x'}}}", """{"a":"ax"}""", "[ECMA 262 regex")]
    [InlineData("{properties: {a: {minLength: 2, maxLength: 2}}}", """{"a":"\ud83c\udf27x"}""", null)]
    [InlineData("{properties: {a: {minLength: 2, maxLength: 2}}}", """{"a":"x"}""", "[string is too short")]
    [InlineData("{properties: {a: {minLength: 2, maxLength: 2}}}", """{"a":"xyz"}""", "[string is too long")]
    [InlineData("{properties: {a: {minimum: 1.5, maximum: 2}}}", """{"a":2}""", null)]
    [InlineData("{properties: {a: {minimum: 1.5, maximum: 2}}}", """{"a":1}""", "[numeric instance is lower")]
    [InlineData("{properties: {a: {minimum: 1.5, maximum: 2}}}", """{"a":2.01}""", "[numeric instance is greater")]
    [InlineData("{properties: {a: {type: integer}}}", """{"a":1.0}""", "[instance type (number)")]
    [InlineData("{properties: {a: {type: number}}}", """{"a":1}""", null)]
    [InlineData("{type: array, minItems: 1, maxItems: 2, items: {type: string}}", """["a","b"]""", null)]
    [InlineData("{type: array, minItems: 1, maxItems: 2, items: {type: string}}", "[]", "[array is too short")]
    [InlineData("{type: array, minItems: 1, maxItems: 2, items: {type: string}}", """["","",""]""",
        "[array is too long")]
    [InlineData("{type: array, items: {type: string}}", "[1]", "[instance type (integer)")]
    [InlineData("{type: string, format: date}", "\"no date\"", null)]
    [InlineData("{}", "{\"a\":1,\"a\":2}", "[Unable to parse")]
    [InlineData("{}", "", "[Unable to parse")]
    public async Task A_body_is_held_against_its_model(string schema, string body, string? error)
    {
        await using var api = await StartAsync("{$ref: '#/components/schemas/Model'}", schema);
        var answer = await api.PostAsync("/x", body);
        Assert.Equal(error is null ? 200 : 400, answer.Status);
        if (error is null) return;
        Assert.StartsWith(error, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_media_type_without_a_model_is_not_checked()
    {
        await using var api = await StartAsync("{type: object}", "{}");
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Post, "/x", new StringContent("[]"))).Status);
    }

    private static Task<ApiGatewayOnPortZero> StartAsync(string schema, string component) =>
        ApiGatewayOnPortZero.StartWithAsync("""
            /x:
              post:
                x-amazon-apigateway-request-validator: body
                requestBody: {content: {application/json: {schema: SCHEMA}}}

            """.Replace("SCHEMA", schema) + Integration, """
            x-amazon-apigateway-request-validators: {body: {validateRequestBody: true}}
            components: {schemas: {Model: COMPONENT}}
            x-amazon-apigateway-gateway-responses:
              BAD_REQUEST_BODY:
                responseTemplates: {text/plain: $context.error.validationErrorString}
            """.Replace("COMPONENT", component));
}
