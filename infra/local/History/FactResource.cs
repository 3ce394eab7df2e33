namespace Isobar.Local.History;

/// <summary>How facts name resources: service and name, <c>lambda:Intake</c>, <c>s3:landing/in/a.csv</c>.</summary>
internal static class FactResource
{
    /// <param name="service">As in ARNs.</param>
    /// <param name="name">Without the resource's type.</param>
    public static string Of(string service, string name) => $"{service}:{name}";

    /// <summary>
    /// The resource of an ARN: its service and the resource part without a type that ends in a colon.
    /// </summary>
    /// <returns>The text itself when it is no ARN.</returns>
    public static string OfArn(string arn) =>
        arn.Split(':', 6) is ["arn", _, var service, _, _, var resource]
            ? Of(service, resource.StartsWith("function:", StringComparison.Ordinal) ? resource[9..] : resource)
            : arn;
}
