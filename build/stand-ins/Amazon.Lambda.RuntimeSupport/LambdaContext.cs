using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One invocation's context; what mobile clients send is parsed only when asked for.</summary>
internal sealed class LambdaContext(
    InvocationHeaders headers, FunctionEnvironment environment, LogWriter log, ILambdaSerializer serializer)
    : ILambdaContext
{
    private readonly Lazy<IClientContext> clientContext = new(() => MobileClient.Parse(headers.ClientContext));
    private readonly Lazy<ICognitoIdentity> identity = new(() => CognitoIdentity.Parse(headers.Identity));

    public string AwsRequestId => headers.RequestId;

    public IClientContext ClientContext => clientContext.Value;

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public ICognitoIdentity Identity => identity.Value;

    public string InvokedFunctionArn => headers.Arn;

    public ILambdaLogger Logger { get; } = new ContextLogger(log);

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB => environment.MemoryMegabytes;

    public TimeSpan RemainingTime =>
        TimeSpan.FromMilliseconds(headers.DeadlineMs - (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds);

    public string TenantId => headers.TenantId;

    public string TraceId => headers.TraceId;

    public ILambdaSerializer Serializer => serializer;

    private sealed class ContextLogger(LogWriter log) : ILambdaLogger
    {
        public void Log(string message) => Console.Write(message);

        public void LogLine(string message) => log.Write("Information", null, message);

        public void Log(string level, string message) => log.Write(level, null, message);

        public void Log(string level, string message, params object[] args) => log.Write(level, null, message, args);

        public void Log(string level, Exception exception, string message, params object[] args) =>
            log.Write(level, exception, message, args);
    }

    private sealed record CognitoIdentity(string IdentityId, string IdentityPoolId) : ICognitoIdentity
    {
        public static ICognitoIdentity Parse(string json)
        {
            if (string.IsNullOrWhiteSpace(json))
            {
                return new CognitoIdentity(null, null);
            }

            using var document = JsonDocument.Parse(json);
            return new CognitoIdentity(
                Text(document.RootElement, "cognitoIdentityId"), Text(document.RootElement, "cognitoIdentityPoolId"));
        }
    }

    private sealed record MobileClient(
        IDictionary<string, string> Environment, IClientApplication Client, IDictionary<string, string> Custom)
        : IClientContext
    {
        public static IClientContext Parse(string json)
        {
            if (string.IsNullOrWhiteSpace(json))
            {
                return null;
            }

            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var client = root.TryGetProperty("client", out var app)
                ? new MobileApplication(
                    Text(app, "app_package_name"), Text(app, "app_title"), Text(app, "app_version_code"),
                    Text(app, "app_version_name"), Text(app, "installation_id"))
                : null;
            return new MobileClient(Pairs(root, "env"), client, Pairs(root, "custom"));
        }

        private static Dictionary<string, string> Pairs(JsonElement root, string name) =>
            root.TryGetProperty(name, out var pairs)
                ? pairs.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString())
                : [];
    }

    private sealed record MobileApplication(
        string AppPackageName, string AppTitle, string AppVersionCode, string AppVersionName, string InstallationId)
        : IClientApplication;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
