// The program loads its cloud by require(), which in vitest is Node's own: it needs what Pulumi.yaml has Node started with.
import "tsx/cjs";
