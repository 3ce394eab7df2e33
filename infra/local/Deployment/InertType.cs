namespace Isobar.Local.Deployment;

/// <summary>A resource type that is accepted and changes nothing locally.</summary>
/// <param name="Name">For example <c>AWS::CloudWatch::Alarm</c>.</param>
/// <param name="NameProperty">The property that names the resource; null when the type has none.</param>
/// <param name="Why">A clause that completes "changes nothing locally: …".</param>
/// <param name="Properties">The type's properties, besides its name and path.</param>
/// <remarks>What Ref and GetAtt give follows the AWS CloudFormation Template Reference of the type.</remarks>
internal sealed record InertType(string Name, string? NameProperty, string Why, params IReadOnlyList<string> Properties)
{
    /// <summary>The reason for types that grant permissions.</summary>
    public const string NoPermissions = "permissions are not enforced";

    /// <summary>Whether a resource has a Path, which is part of its ARN.</summary>
    public bool HasPath { get; init; }

    /// <summary>What <c>Ref</c> gives; the name unless the type says otherwise.</summary>
    public Func<InertResource, string> Reference { get; init; } = resource => resource.Name;

    /// <summary>What <c>Fn::GetAtt</c> gives, by attribute name.</summary>
    public Func<InertResource, Dictionary<string, string>> Attributes { get; init; } = _ => [];
}

/// <summary>A resource of an inert type.</summary>
/// <param name="Name">As the template says, or generated.</param>
/// <param name="Path">Begins and ends with a slash; <c>/</c> unless the template says otherwise.</param>
internal sealed record InertResource(StackIdentity Stack, string LogicalId, string Name, string Path)
{
    /// <summary>An ARN of the stack's Region and account.</summary>
    /// <param name="resource">What stands behind the account.</param>
    public string Arn(string service, string resource) =>
        $"arn:{Stack.Partition}:{service}:{Stack.Region}:{Stack.AccountId}:{resource}";
}
