# The embedded database and the compiler stay behind: a deployment has its own server.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/run.mjs build && npm prune --omit=dev --omit=optional --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/modules/tariff/price-books ./src/modules/tariff/price-books
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
