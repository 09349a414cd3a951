import "@xyflow/react/dist/style.css";
import {
  Background,
  Controls,
  type Edge,
  MiniMap,
  type Node,
  ReactFlow,
  useEdgesState,
  useNodesState,
} from "@xyflow/react";
import { createRoot } from "react-dom/client";

/**
 * The rival: React Flow as its users know it from its page on stress, a grid of its own plain nodes, each joined with the next, all
 * of them in sight. Written for this comparison; `?nodes=` says how many.
 */
function Stress({ size }: { size: number }) {
  const [nodes, , onNodesChange] = useNodesState<Node>(gridOf(size));
  const [edges, , onEdgesChange] = useEdgesState<Edge>(chainOf(size));
  return (
    <div style={{ width: "100vw", height: "100vh" }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        minZoom={0}
        fitView
      >
        <MiniMap />
        <Controls />
        <Background />
      </ReactFlow>
    </div>
  );
}

const gridOf = (size: number): Node[] => {
  const columns = Math.ceil(Math.sqrt(size));
  return Array.from({ length: size }, (_, index) => ({
    id: `${index}`,
    position: { x: (index % columns) * 180, y: Math.floor(index / columns) * 90 },
    data: { label: `Node ${index}` },
  }));
};

const chainOf = (size: number): Edge[] =>
  Array.from({ length: size - 1 }, (_, index) => ({ id: `e${index}`, source: `${index}`, target: `${index + 1}` }));

const root = document.getElementById("root");
if (root) createRoot(root).render(<Stress size={Number(new URLSearchParams(location.search).get("nodes"))} />);
