namespace Isobar.Readings;

/// <summary>What a station's readings came to last.</summary>
/// <param name="Latest">The latest reading of each element, by element.</param>
/// <param name="Window">Null before its first window has ended.</param>
public sealed record LiveStation(IReadOnlyList<Reading> Latest, StationWindow? Window);

/// <summary>A station's newest window: the means of the readings that the stream took from start to end.</summary>
/// <param name="Means">By element.</param>
public sealed record StationWindow(DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<ElementMean> Means);

/// <summary>The mean of an element's readings in a window.</summary>
/// <param name="Count">How many different readings; at least 1.</param>
/// <param name="Mean">In the element's unit, with three decimals, rounded half to even once.</param>
public sealed record ElementMean(string Element, long Count, decimal Mean);
