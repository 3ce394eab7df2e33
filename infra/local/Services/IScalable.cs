namespace Isobar.Local.Services;

/// <summary>
/// A service whose resources have a capacity that Application Auto Scaling may change. It is found by an ARN of the
/// service; the ARN's resource is what Application Auto Scaling calls the resource id.
/// </summary>
internal interface IScalable : IServiceRole
{
    /// <summary>For example <c>lambda:function:ProvisionedConcurrency</c>.</summary>
    string ScalableDimension { get; }

    /// <summary>Whether the resource exists and can have a capacity.</summary>
    bool IsScalable(Arn resource);

    /// <returns>The capacity that was asked for last; null when there is none to begin with.</returns>
    int? CapacityOf(Arn resource);

    /// <summary>Asks for another capacity.</summary>
    /// <exception cref="Wire.AwsException">The service refuses it.</exception>
    void SetCapacity(Arn resource, int capacity);

    /// <summary>A metric that a target tracking policy names by its type.</summary>
    /// <returns>Null when the type is no metric of such resources.</returns>
    Metric? PredefinedMetric(Arn resource, string type);
}
