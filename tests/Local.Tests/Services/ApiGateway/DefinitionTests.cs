using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Services.ApiGateway;

/// <summary>What a definition may not say; each error has the line of the template.</summary>
public sealed class DefinitionTests
{
    private const string Path = "/x:\n  get:\n";
    private const string Mock = "\n    x-amazon-apigateway-integration: {type: mock, responses: {}}";
    private const string Proxy = "    x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: ";
    private const string Success = "\n      responses: {default: {statusCode: 200}}";
    private const string Gateway = "x-amazon-apigateway-gateway-responses: ";
    private const string Function =
        "Fn: {Type: AWS::Serverless::Function, Properties: {CodeUri: x, Runtime: dotnet10, Handler: x, Events: ";

    private const string Aws = "    responses: {'200': {description: ok}}\n    x-amazon-apigateway-integration:\n"
        + "      type: aws\n      httpMethod: POST\n      uri: INVOKE\n";

    [Theory]
    [InlineData(Path + "    callbacks: {}" + Mock, 17,
        "get.callbacks of AWS::ApiGateway::RestApi is not supported; supported are deprecated, description")]
    [InlineData(Path + "    x-amazon-apigateway-integration: {type: http, uri: 'http://x'}", 17,
        "type must be one of aws_proxy, AWS_PROXY, aws, AWS, mock, MOCK, not http")]
    [InlineData(Path + "    x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: GET, uri: INVOKE}", 17,
        "httpMethod must be POST")]
    [InlineData(Path + Proxy + "'arn:aws:lambda:x'}",
        17, "uri must be arn:<partition>:apigateway")]
    [InlineData(Path + Proxy + "INVOKE, timeoutInMillis: 29001}",
        17, "timeoutInMillis must be an integer from 50 to 29000")]
    [InlineData(Path + Proxy + "INVOKE, requestParameters: {}}",
        17, "requestParameters of AWS::ApiGateway::RestApi is not supported")]
    [InlineData(Path + Aws + "      contentHandling: CONVERT_TO_TEXT" + Success,
        22, "contentHandling of AWS::ApiGateway::RestApi is not supported")]
    [InlineData(Path + Aws + "      requestTemplates:\n        application/json: |\n          {\n            $nothing }"
        + Success, 23, "application/json line 2 of the template: $nothing is not set above")]
    [InlineData(Path + Aws + "      requestParameters: {integration.request.header.X-Other: \"'x'\"}" + Success,
        22,
        "X-Other of AWS::ApiGateway::RestApi is not supported; supported are "
            + "integration.request.header.X-Amz-Invocation-Type")]
    [InlineData(Path + Aws + "      requestParameters: {integration.request.header.X-Amz-Invocation-Type: Event}"
        + Success, 22, "can't be Event; supported are 'a constant'")]
    [InlineData(Path + Aws + "      responses: {default: {statusCode: 202}}", 22,
        "202 must be one of the method's responses")]
    [InlineData(Path + Aws + "      responses: {default: {statusCode: 200, responseParameters: "
            + "{method.response.header.X: \"'x'\"}}}",
        22, "the method's response 200 declares no header X")]
    [InlineData(Path + Aws + "      responses: {'(': {statusCode: 200}}", 22, "( is no regular expression")]
    [InlineData(Path + "    security: [{nobody: []}]" + Mock,
        17, "nobody must be one of components.securitySchemes")]
    [InlineData(Path + "    x-amazon-apigateway-request-validator: none" + Mock,
        17, "must be one of x-amazon-apigateway-request-validators")]
    [InlineData(Path + "    parameters: [{name: id, in: path, required: true}]" + Mock,
        17, "name must be a parameter of the path /x")]
    [InlineData(Path + "    requestBody: {content: {application/json: {schema: {oneOf: []}}}}" + Mock,
        17, "schema.oneOf of AWS::ApiGateway::RestApi is not supported; supported are $ref, $schema")]
    [InlineData(Path + "    requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/None'}}}}"
        + Mock, 17, "$ref must be #/components/schemas/")]
    [InlineData(Path + "    requestBody: {content: {application/json: {schema: {type: text}}}}" + Mock,
        17, "type must be one of object, array, string")]
    public async Task A_definition_that_is_not_supported_stops_the_start(string paths, int line, string message) =>
        await AssertRefused(ApiGatewayOnPortZero.Template(paths), line, message);

    [Theory]
    [InlineData(Gateway + "{NONSENSE: {}}",
        "NONSENSE is no gateway response; supported are ACCESS_DENIED")]
    [InlineData(Gateway + "{THROTTLED: {responseTemplates: {application/json: '$input.body'}}}",
        "line 1 of the template: $input is not supported here")]
    [InlineData(Gateway + "{THROTTLED: {responseParameters: {gatewayresponse.header.X: x}}}",
        "gatewayresponse.header.X can't be x; supported are 'a constant'")]
    [InlineData("x-amazon-apigateway-policy: {}",
        "x-amazon-apigateway-policy of AWS::ApiGateway::RestApi is not supported; supported are components")]
    [InlineData("components: {securitySchemes: {k: {type: oauth2}}}",
        "securitySchemes.k.type must be one of apiKey, not oauth2")]
    public async Task A_document_that_is_not_supported_stops_the_start(string document, string message) =>
        await AssertRefused(ApiGatewayOnPortZero.Template("/x:\n  get: " + ApiGatewayOnPortZero.Proxy, document), null,
            message);

    [Theory]
    [InlineData("Cors: \"'*'\"", "Cors is not supported; supported are Name")]
    [InlineData("Auth: {DefaultAuthorizer: x}", "Auth is not supported; supported are Name")]
    [InlineData("CacheClusterEnabled: true", "CacheClusterEnabled is not supported")]
    [InlineData("MethodSettings: [{ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true}]",
        "MethodSettings[0].CachingEnabled of AWS::ApiGateway::Stage is not supported")]
    [InlineData("EndpointConfiguration: {Type: PRIVATE}",
        "endpointConfigurationTypes must be one of REGIONAL, EDGE, not PRIVATE")]
    public async Task A_stage_that_is_not_supported_stops_the_start(string stage, string message) =>
        await AssertRefused(ApiGatewayOnPortZero.Template("/x:\n  get: " + ApiGatewayOnPortZero.Proxy, stage: stage),
            null, message);

    [Theory]
    [InlineData("Api: {Type: AWS::Serverless::Api, Properties: {StageName: x}}", "an API must have a DefinitionBody")]
    [InlineData("Api: {Type: AWS::Serverless::Api, Properties: {StageName: !Ref X, DefinitionBody: {}}}",
        "StageName must be a string, not a function")]
    [InlineData(Function + "{E: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Fn}}}}}",
        "Event E: RestApiId must be a Ref of an AWS::Serverless::Api of the template")]
    [InlineData(Function + "{E: {Type: Api, Properties: {Path: /, Method: get}}, "
        + "F: {Type: Api, Properties: {Path: /, Method: GET}}}}}",
        "Event F: API method \"get\" defined multiple times for path \"/\"")]
    [InlineData(Function + "{E: {Type: Api, Properties: {Path: /, Method: get, Auth: {}}}}}}",
        "Auth is not supported; supported are Path, Method, RestApiId")]
    public async Task What_the_transform_would_need_more_for_stops_the_start(string resource, string message) =>
        await AssertRefused($"Transform: AWS::Serverless-2016-10-31\nResources:\n  {resource}", null, message);

    [Fact]
    public async Task What_changes_nothing_here_is_listed()
    {
        await using var api = await ApiGatewayOnPortZero.StartWithAsync(
            "/x:\n  get: " + ApiGatewayOnPortZero.Proxy, stage: """
            TracingEnabled: true
            Tags: {team: isobar}
            AccessLogSetting: {DestinationArn: 'arn:x', Format: '$context.requestId'}
            MethodSettings: [{ResourcePath: '/*', HttpMethod: '*', MetricsEnabled: true, ThrottlingRateLimit: 5}]
            EndpointConfiguration: {Type: REGIONAL}
            """);
        Assert.Equal(
            ["AccessLogSetting", "Description", "EndpointConfiguration.Types", "MethodSettings[0].MetricsEnabled",
                "MethodSettings[0].ThrottlingRateLimit", "Parameters.endpointConfigurationTypes", "Tags",
                    "TracingEnabled"],
            api.Stack.Inert.Select(setting => setting.Property).Order(StringComparer.Ordinal));
    }

    private static async Task AssertRefused(string template, int? line, string message)
    {
        await using var api = await ApiGatewayOnPortZero.StartAsync();
        var error = await Assert.ThrowsAsync<DeploymentException>(() => api.DeployAsync(template));
        Assert.Contains(message, error.Message);
        if (line is not null) Assert.Contains($"template.yaml:{line}: Api: ", error.Message);
    }
}
