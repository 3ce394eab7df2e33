namespace Isobar.Local.Deployment.Sam;

/// <summary>The properties of <c>AWS::Serverless::Function</c> that are supported.</summary>
internal static class FunctionProperties
{
    /// <summary>Handed to <c>AWS::Lambda::Function</c> unchanged; its provider decides about each.</summary>
    public static readonly IReadOnlyList<string> PassedThrough =
    [
        "FunctionName", "Handler", "Runtime", "Description", "MemorySize", "Timeout", "Environment", "Layers",
        "ReservedConcurrentExecutions", "Architectures", "EphemeralStorage", "LoggingConfig", "KmsKeyArn", "VpcConfig",
        "PackageType", "ImageConfig",
    ];

    public static readonly IReadOnlyList<string> Supported =
    [
        .. PassedThrough, "CodeUri", "ImageUri", "Role", "Policies", "AssumeRolePolicyDocument", "RolePath",
        "PermissionsBoundary", "Tags", "Tracing", "DeadLetterQueue", "EventInvokeConfig", "Events",
        "DeploymentPreference", "AutoPublishAlias",
        "AutoPublishAliasAllProperties", "ProvisionedConcurrencyConfig",
    ];
}
